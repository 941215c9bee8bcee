using Dashboard.Data.Mapping;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Customers;

/// <summary>What the gate has to know of a customer and schema.md has no column for (<c>ops.contact_preferences</c>).</summary>
public sealed class ContactPreferences
{
    /// <summary>Key: the customer.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>Further IANA zones in which the customer may be; hours must hold in all of them.</summary>
    public string[] OtherTimezones { get; set; } = [];

    /// <summary>Local date on which the written notice was sent; null = none on file.</summary>
    public DateOnly? NoticeSentOn { get; set; }
}

/// <summary>What a consent is good for.</summary>
public enum ConsentKind
{
    /// <summary>To use a channel at all (12 CFR 1006.6(d)(5)).</summary>
    Channel,

    /// <summary>Given directly to us, to calls beyond the limit: seven days, until the next conversation (12 CFR 1006.14(b)(3)(i)).</summary>
    Prior,
}

/// <summary>A consent a customer gave (<c>ops.consents</c>).</summary>
public sealed class Consent
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>What it is good for.</summary>
    public ConsentKind Kind { get; set; }

    /// <summary>For which channel.</summary>
    public Channel Channel { get; set; }

    /// <summary>For this invoice only; null = for all.</summary>
    public Guid? PaymentRecordId { get; set; }

    /// <summary>UTC; when it was given or last confirmed.</summary>
    public DateTime GivenAt { get; set; }

    /// <summary>How it is known, e.g. <c>call on 3 May, recorded</c>.</summary>
    public string Source { get; set; } = string.Empty;

    /// <summary>UTC; from then on it does not hold.</summary>
    public DateTime? RevokedAt { get; set; }
}

/// <summary><c>ops.contact_preferences</c>.</summary>
internal sealed class ContactPreferencesConfiguration : IEntityTypeConfiguration<ContactPreferences>
{
    public void Configure(EntityTypeBuilder<ContactPreferences> builder)
    {
        builder.ToTable("contact_preferences", DashboardDb.OpsSchema);
        builder.HasKey(p => p.CustomerId);
        builder
            .HasOne<Customer>()
            .WithOne()
            .HasForeignKey<ContactPreferences>(p => p.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary><c>ops.consents</c>.</summary>
internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consents", DashboardDb.OpsSchema);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasWords(c => c.Kind, 20);
        builder.HasWords(c => c.Channel, 20);
        builder.Property(c => c.Source).HasMaxLength(255);
        builder
            .HasOne<Customer>()
            .WithMany()
            .HasForeignKey(c => c.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne<PaymentRecord>()
            .WithMany()
            .HasForeignKey(c => c.PaymentRecordId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
