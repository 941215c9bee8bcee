using Dashboard.Data.Mapping;
using Dashboard.Domain.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Metrics;

/// <summary>schema.md, table 12.</summary>
internal sealed class SystemMetricConfiguration : IEntityTypeConfiguration<SystemMetric>
{
    public void Configure(EntityTypeBuilder<SystemMetric> builder)
    {
        builder.ToTable("system_metrics");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.MetricType).HasMaxLength(50);
        builder.Property(m => m.MetricName).HasMaxLength(100);
        builder.Property(m => m.Value).HasPrecision(12, 4);
        builder.Property(m => m.Dimensions).HasJson();
        builder.Property(m => m.Timestamp).DefaultsToNow();

        builder.HasIndex(
            m => new { m.MetricType, m.Timestamp },
            "idx_system_metrics_type_timestamp"
        );
    }
}
