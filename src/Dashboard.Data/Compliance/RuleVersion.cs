using System.Text.Json;
using Dashboard.Data.Mapping;
using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>
/// A rule as it was in force for a time (<c>ops.rule_versions</c>). A trigger on <c>compliance_rules</c> writes it, whoever
/// changes the rule, while it holds the lock that every dispatch shares: no contact is judged across a change.
/// </summary>
public sealed class RuleVersion
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The rule; it may be gone.</summary>
    public Guid RuleId { get; set; }

    /// <summary>1, 2, 3, … for each rule.</summary>
    public int Number { get; set; }

    /// <summary>As it was.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>As it was.</summary>
    public string? Description { get; set; }

    /// <summary>As it was.</summary>
    public string RuleType { get; set; } = string.Empty;

    /// <summary>As it was.</summary>
    public JsonElement Condition { get; set; }

    /// <summary>As it was.</summary>
    public RuleAction Action { get; set; }

    /// <summary>As it was.</summary>
    public RuleSeverity? Severity { get; set; }

    /// <summary>As it was; a disabled version acted on nothing.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>The rule's <c>updated_at</c>, UTC: the version that clearances name.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>UTC, inclusive: when it came into force.</summary>
    public DateTime ValidFrom { get; set; }

    /// <summary>UTC, exclusive; null = it is in force.</summary>
    public DateTime? ValidTo { get; set; }

    /// <summary>Who saved it; null when it was not saved through the product.</summary>
    public string? SavedBy { get; set; }

    /// <summary>Why, in the words of who saved it.</summary>
    public string? Note { get; set; }
}

/// <summary><c>ops.rule_versions</c>.</summary>
internal sealed class RuleVersionConfiguration : IEntityTypeConfiguration<RuleVersion>
{
    public void Configure(EntityTypeBuilder<RuleVersion> builder)
    {
        builder.ToTable("rule_versions", DashboardDb.OpsSchema);
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Name).HasMaxLength(100);
        builder.Property(v => v.RuleType).HasMaxLength(50);
        builder.Property(v => v.Condition).HasJson();
        builder.HasWords(v => v.Action, 50);
        builder.HasWords(v => v.Severity, 20);
        builder.Property(v => v.SavedBy).HasMaxLength(100);
        builder.Property(v => v.Note).HasMaxLength(1000);
        builder.HasIndex(v => new { v.RuleId, v.Number }).IsUnique();
    }
}
