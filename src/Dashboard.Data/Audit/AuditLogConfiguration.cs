using Dashboard.Data.Mapping;
using Dashboard.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Audit;

/// <summary>schema.md, table 9.</summary>
internal sealed class AuditLogConfiguration : IEntityTypeConfiguration<AuditLog>
{
    public void Configure(EntityTypeBuilder<AuditLog> builder)
    {
        builder.ToTable("audit_logs");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.EntityType).HasMaxLength(50);
        builder.Property(a => a.Action).HasMaxLength(50);
        builder.HasWords(a => a.ActorType, 50);
        builder.Property(a => a.ActorId).HasMaxLength(100);
        builder.Property(a => a.Changes).HasJson();
        builder.Property(a => a.Metadata).HasJson();
        builder.Property(a => a.Timestamp).DefaultsToNow();

        builder.HasIndex(a => new { a.EntityType, a.EntityId }, "idx_audit_logs_entity_type_id");
        builder.HasIndex(a => a.Timestamp, "idx_audit_logs_timestamp");
    }
}
