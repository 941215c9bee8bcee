using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Demo;

/// <summary>
/// A row that belongs to the demo data (ops.demo_entities): what is listed here, and what hangs on it, is removed with the
/// demo; nothing else is.
/// </summary>
public sealed class DemoEntity
{
    /// <summary>Table in <c>public</c>: customers, agents, templates, compliance_rules, system_metrics.</summary>
    public string TableName { get; set; } = string.Empty;

    /// <summary>Key of the row.</summary>
    public Guid RowId { get; set; }
}

/// <summary>ops.demo_entities.</summary>
internal sealed class DemoEntityConfiguration : IEntityTypeConfiguration<DemoEntity>
{
    public void Configure(EntityTypeBuilder<DemoEntity> builder)
    {
        builder.ToTable("demo_entities", DashboardDb.OpsSchema);
        builder.HasKey(e => new { e.TableName, e.RowId });
        builder.Property(e => e.TableName).HasMaxLength(63);
    }
}
