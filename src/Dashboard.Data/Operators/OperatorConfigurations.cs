using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Operators;

/// <summary>
/// ASP.NET Core Identity's tables under names of ours, in schema <c>ops</c>. What Identity's schema version 3 would add
/// (passkeys, key lengths) is written out, so that the model is the same whatever options the host sets.
/// </summary>
internal static class OperatorTables
{
    // Identity's own default since its schema version 2.
    private const int KeyLength = 128;

    /// <summary>Call after Identity has configured its entities.</summary>
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<IdentityRole<Guid>>().ToTable("roles", DashboardDb.OpsSchema);
        builder.Entity<IdentityUserRole<Guid>>().ToTable("user_roles", DashboardDb.OpsSchema);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims", DashboardDb.OpsSchema);
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims", DashboardDb.OpsSchema);
        builder.Entity<IdentityUserLogin<Guid>>(login =>
        {
            login.ToTable("user_logins", DashboardDb.OpsSchema);
            login.Property(l => l.LoginProvider).HasMaxLength(KeyLength);
            login.Property(l => l.ProviderKey).HasMaxLength(KeyLength);
        });
        builder.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.ToTable("user_tokens", DashboardDb.OpsSchema);
            token.Property(t => t.LoginProvider).HasMaxLength(KeyLength);
            token.Property(t => t.Name).HasMaxLength(KeyLength);
        });
        builder.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("user_passkeys", DashboardDb.OpsSchema);
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.OwnsOne(p => p.Data, data => data.ToJson("data"));
            passkey.HasOne<OperatorUser>().WithMany().HasForeignKey(p => p.UserId);
        });
    }
}

/// <summary><c>ops.users</c>.</summary>
internal sealed class OperatorUserConfiguration : IEntityTypeConfiguration<OperatorUser>
{
    public void Configure(EntityTypeBuilder<OperatorUser> builder)
    {
        builder.ToTable("users", DashboardDb.OpsSchema);
        builder.Property(u => u.DisplayName).HasMaxLength(100);
        builder.Property(u => u.PhoneNumber).HasMaxLength(256);
        builder.Property(u => u.CreatedAt).HasDefaultValueSql("now()");
    }
}

/// <summary>One key of the data-protection key ring (<c>ops.data_protection_keys</c>); all processes share it.</summary>
public sealed class DataProtectionKey
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>As data protection names it.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>The key as XML.</summary>
    public string Xml { get; set; } = string.Empty;
}

/// <summary><c>ops.data_protection_keys</c>.</summary>
internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("data_protection_keys", DashboardDb.OpsSchema);
        builder.Property(k => k.FriendlyName).HasMaxLength(200);
    }
}
