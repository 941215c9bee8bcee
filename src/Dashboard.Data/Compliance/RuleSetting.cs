using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>What schema.md's table has no column for (<c>ops.rule_settings</c>); a rule without a row has none of it.</summary>
public sealed class RuleSetting
{
    /// <summary>Key: the rule.</summary>
    public Guid RuleId { get; set; }

    /// <summary>
    /// The rule is evaluated and logged but does not act. In <c>compliance_rules</c> it is disabled, so that no other reader
    /// takes it for one in force.
    /// </summary>
    public bool IsShadow { get; set; }

    /// <summary>The legal source, e.g. <c>12 CFR 1006.14(b)(2)(i)(A)</c>.</summary>
    public string? Citation { get; set; }

    /// <summary>The pack it came with; null = our own.</summary>
    public string? PackId { get; set; }

    /// <summary>Which rule of the pack.</summary>
    public string? PackRule { get; set; }

    /// <summary>The pack's version it was taken from.</summary>
    public int? PackVersion { get; set; }
}

/// <summary><c>ops.rule_settings</c>.</summary>
internal sealed class RuleSettingConfiguration : IEntityTypeConfiguration<RuleSetting>
{
    public void Configure(EntityTypeBuilder<RuleSetting> builder)
    {
        builder.ToTable("rule_settings", DashboardDb.OpsSchema);
        builder.HasKey(s => s.RuleId);
        builder.Property(s => s.Citation).HasMaxLength(500);
        builder.Property(s => s.PackId).HasMaxLength(50);
        builder.Property(s => s.PackRule).HasMaxLength(100);
        builder
            .HasOne<ComplianceRule>()
            .WithOne()
            .HasForeignKey<RuleSetting>(s => s.RuleId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.PackId, s.PackRule }).IsUnique();
    }
}
