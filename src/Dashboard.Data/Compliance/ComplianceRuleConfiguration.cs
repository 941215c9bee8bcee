using Dashboard.Data.Mapping;
using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>schema.md, table 11.</summary>
internal sealed class ComplianceRuleConfiguration : IEntityTypeConfiguration<ComplianceRule>
{
    public void Configure(EntityTypeBuilder<ComplianceRule> builder)
    {
        builder.ToTable("compliance_rules");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Name).HasMaxLength(100);
        builder.Property(r => r.RuleType).HasMaxLength(50);
        builder.Property(r => r.Condition).HasJson();
        builder.HasWords(r => r.Action, 50);
        builder.HasWords(r => r.Severity, 20);
        builder.Property(r => r.IsEnabled).HasDefaultValue(true);
        builder.Property(r => r.CreatedAt).DefaultsToNow();
        builder.Property(r => r.UpdatedAt).SetByTrigger();

        builder.HasIndex(r => r.Name).IsUnique();
    }
}
