using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Audit;

/// <summary>
/// One link of the chain that makes the audit log tamper-evident (<c>ops.audit_seals</c>): a keyed hash over the previous link
/// and the rows of one batch. The key is the installation's, not the database's.
/// </summary>
public sealed class AuditSeal
{
    /// <summary>Key: 1, 2, 3, … without a gap.</summary>
    public long Number { get; set; }

    /// <summary>UTC.</summary>
    public DateTime SealedAt { get; set; }

    /// <summary>How many rows it seals.</summary>
    public int Rows { get; set; }

    /// <summary>
    /// Which transactions had not ended when it was made: <c>own/xmin:xmax:running</c>, the number of the sealing transaction
    /// and pg_current_snapshot. Rows of those that had not ended come late, into a later seal.
    /// </summary>
    public string Snapshot { get; set; } = string.Empty;

    /// <summary>HMAC-SHA256 over the previous seal's hash, this seal's number, time, count and snapshot, and its rows (key and hash) in their order.</summary>
    public byte[] Hash { get; set; } = [];
}

/// <summary>One sealed row (<c>ops.sealed_audit_rows</c>); what lets a check name the very row.</summary>
public sealed class SealedAuditRow
{
    /// <summary>Key: the audit row; it stays when the row is gone.</summary>
    public Guid AuditLogId { get; set; }

    /// <summary>Its seal.</summary>
    public long SealNumber { get; set; }

    /// <summary>Its place in the seal, from 0.</summary>
    public int Position { get; set; }

    /// <summary>HMAC-SHA256 over every column of the row.</summary>
    public byte[] Hash { get; set; } = [];
}

/// <summary><c>ops.audit_seals</c>.</summary>
internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seals", DashboardDb.OpsSchema);
        builder.HasKey(s => s.Number);
        builder.Property(s => s.Number).ValueGeneratedNever();
    }
}

/// <summary><c>ops.sealed_audit_rows</c>.</summary>
internal sealed class SealedAuditRowConfiguration : IEntityTypeConfiguration<SealedAuditRow>
{
    public void Configure(EntityTypeBuilder<SealedAuditRow> builder)
    {
        builder.ToTable("sealed_audit_rows", DashboardDb.OpsSchema);
        builder.HasKey(r => r.AuditLogId);
        builder.Property(r => r.AuditLogId).ValueGeneratedNever();
        builder.HasIndex(r => new { r.SealNumber, r.Position }).IsUnique();
    }
}
