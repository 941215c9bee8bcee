using Dashboard.Data.Mapping;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Contacts;

/// <summary>
/// A contact the customer started (<c>ops.inbound_contacts</c>): a text message, an e-mail, a call. A call with a person counts
/// as a conversation for the gate (12 CFR 1006.14(b)(2)(i)(B)).
/// </summary>
public sealed class InboundContact
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose; null = the sender is unknown.</summary>
    public Guid? CustomerId { get; set; }

    /// <summary>How.</summary>
    public Channel Channel { get; set; }

    /// <summary>Number or address it came from.</summary>
    public string Sender { get; set; } = string.Empty;

    /// <summary>What it said.</summary>
    public string? Body { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ReceivedAt { get; set; }

    /// <summary>Of a call, in seconds.</summary>
    public int? Duration { get; set; }

    /// <summary>The provider's id; the same message delivered twice is one.</summary>
    public string? ProviderId { get; set; }

    /// <summary>What a text message was taken to mean; null for other channels.</summary>
    public SmsIntent? Intent { get; set; }

    /// <summary>UTC; when a person looked at what was unclear. Null while it waits.</summary>
    public DateTime? ReviewedAt { get; set; }

    /// <summary>Id of that person.</summary>
    public string? ReviewedBy { get; set; }

    /// <summary>What they decided, in words.</summary>
    public string? Review { get; set; }
}

/// <summary><c>ops.inbound_contacts</c>.</summary>
internal sealed class InboundContactConfiguration : IEntityTypeConfiguration<InboundContact>
{
    public void Configure(EntityTypeBuilder<InboundContact> builder)
    {
        builder.ToTable("inbound_contacts", DashboardDb.OpsSchema);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasWords(i => i.Channel, 20);
        builder.Property(i => i.Sender).HasMaxLength(255);
        builder.Property(i => i.ProviderId).HasMaxLength(100);
        builder.HasWords(i => i.Intent, 20);
        builder.Property(i => i.ReviewedBy).HasMaxLength(100);
        builder.Property(i => i.Review).HasMaxLength(1000);
        builder
            .HasOne<Customer>()
            .WithMany()
            .HasForeignKey(i => i.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => new { i.CustomerId, i.ReceivedAt });
        builder.HasIndex(i => i.ProviderId).IsUnique();
        builder
            .HasIndex(i => i.ReceivedAt, "idx_inbound_contacts_to_review")
            .HasFilter("intent = 'review' AND reviewed_at IS NULL");
    }
}
