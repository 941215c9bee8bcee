using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Operators;

/// <summary>A one-time link (<c>ops.setup_tokens</c>): whoever opens it chooses the password of one operator.</summary>
public sealed class SetupToken
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the token; the token itself is shown once and never stored.</summary>
    public byte[] TokenHash { get; set; } = [];

    /// <summary>Whose password; null = the first administrator, who does not exist yet.</summary>
    public Guid? OperatorId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; it does not work any more from then on.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>UTC; set by its one use.</summary>
    public DateTime? UsedAt { get; set; }
}

/// <summary><c>ops.setup_tokens</c>.</summary>
internal sealed class SetupTokenConfiguration : IEntityTypeConfiguration<SetupToken>
{
    public void Configure(EntityTypeBuilder<SetupToken> builder)
    {
        builder.ToTable("setup_tokens", DashboardDb.OpsSchema);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasIndex(t => t.TokenHash).IsUnique();
        builder
            .HasOne<OperatorUser>()
            .WithMany()
            .HasForeignKey(t => t.OperatorId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
