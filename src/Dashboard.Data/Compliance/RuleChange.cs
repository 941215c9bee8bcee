using System.Text.Json;
using Dashboard.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>Where a change of rules stands.</summary>
public enum RuleChangeStatus
{
    /// <summary>Waits for another officer.</summary>
    Pending,

    /// <summary>Approved, or in no need of it; waits for its time.</summary>
    Approved,

    /// <summary>In force.</summary>
    Applied,

    /// <summary>An officer said no.</summary>
    Rejected,

    /// <summary>Taken back by who asked for it.</summary>
    Withdrawn,

    /// <summary>Its time came and it could not be applied, e.g. because the rule had changed meanwhile.</summary>
    Failed,
}

/// <summary>
/// A change of one rule, or of a pack's rules, that waits for approval (four eyes) or for its time
/// (<c>ops.rule_changes</c>).
/// </summary>
public sealed class RuleChange
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>What the list shows, e.g. the rule's name or the pack's.</summary>
    public string Title { get; set; } = string.Empty;

    /// <summary>The rule; null when it concerns several.</summary>
    public Guid? RuleId { get; set; }

    /// <summary>The drafts, in the order in which they are applied, each with the version it was made from.</summary>
    public JsonElement Drafts { get; set; }

    /// <summary>Where it stands.</summary>
    public RuleChangeStatus Status { get; set; }

    /// <summary>Moves with every edit; an approval is of one revision.</summary>
    public int Revision { get; set; }

    /// <summary>Why, in the words of who asked.</summary>
    public string? Note { get; set; }

    /// <summary>UTC; null = as soon as it is approved.</summary>
    public DateTime? ActivatesAt { get; set; }

    /// <summary>Id of who asked; may not approve.</summary>
    public string RequestedBy { get; set; } = string.Empty;

    /// <summary>UTC.</summary>
    public DateTime RequestedAt { get; set; }

    /// <summary>Id of who approved or rejected.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>Why it was rejected, or why it failed.</summary>
    public string? Reason { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? AppliedAt { get; set; }
}

/// <summary><c>ops.rule_changes</c>.</summary>
internal sealed class RuleChangeConfiguration : IEntityTypeConfiguration<RuleChange>
{
    public void Configure(EntityTypeBuilder<RuleChange> builder)
    {
        builder.ToTable("rule_changes", DashboardDb.OpsSchema);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Title).HasMaxLength(200);
        builder.Property(c => c.Drafts).HasJson();
        builder.HasWords(c => c.Status, 20);
        builder.Property(c => c.Note).HasMaxLength(1000);
        builder.Property(c => c.Reason).HasMaxLength(1000);
        builder.Property(c => c.RequestedBy).HasMaxLength(100);
        builder.Property(c => c.DecidedBy).HasMaxLength(100);
        builder.HasIndex(c => new { c.Status, c.ActivatesAt });
        builder.HasIndex(c => c.RuleId);
    }
}
