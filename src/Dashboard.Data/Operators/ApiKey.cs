using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Operators;

/// <summary>A key with which a program calls the HTTP API (<c>ops.api_keys</c>).</summary>
public sealed class ApiKey
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Which program it is for.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>SHA-256 of the key; the key itself is shown once and never stored.</summary>
    public byte[] KeyHash { get; set; } = [];

    /// <summary>What it may do.</summary>
    public string[] Scopes { get; set; } = [];

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; set; } = string.Empty;

    /// <summary>UTC, exclusive; null = it does not run out.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>UTC, to the minute.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>UTC; from then on it does not work.</summary>
    public DateTime? RevokedAt { get; set; }
}

/// <summary><c>ops.api_keys</c>.</summary>
internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys", DashboardDb.OpsSchema);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Name).HasMaxLength(100);
        builder.Property(k => k.CreatedBy).HasMaxLength(100);
        builder.HasIndex(k => k.KeyHash).IsUnique();
    }
}
