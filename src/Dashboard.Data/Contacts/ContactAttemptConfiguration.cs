using Dashboard.Data.Mapping;
using Dashboard.Domain.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Contacts;

/// <summary>schema.md, table 7.</summary>
internal sealed class ContactAttemptConfiguration : IEntityTypeConfiguration<ContactAttempt>
{
    public void Configure(EntityTypeBuilder<ContactAttempt> builder)
    {
        builder.ToTable("contact_attempts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasWords(a => a.Channel, 20);
        builder.HasWords(a => a.Status, 20);
        builder.Property(a => a.Timestamp).DefaultsToNow();
        builder.HasCheck("duration", "duration >= 0");
        builder.Property(a => a.Metadata).HasJson();
        builder.Property(a => a.CreatedAt).DefaultsToNow();

        builder
            .HasOne(a => a.Task)
            .WithMany()
            .HasForeignKey(a => a.TaskId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(a => a.Agent)
            .WithMany()
            .HasForeignKey(a => a.AgentId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(a => a.Customer)
            .WithMany()
            .HasForeignKey(a => a.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(a => a.Campaign)
            .WithMany()
            .HasForeignKey(a => a.CampaignId)
            .OnDelete(DeleteBehavior.SetNull);

        builder.HasIndex(a => a.CustomerId, "idx_contact_attempts_customer_id");
        builder.HasIndex(a => a.CampaignId, "idx_contact_attempts_campaign_id");
        builder.HasIndex(a => a.Timestamp, "idx_contact_attempts_timestamp");
        builder.HasIndex(a => a.Channel, "idx_contact_attempts_channel");
    }
}
