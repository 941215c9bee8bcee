using Dashboard.Data.Mapping;
using Dashboard.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Campaigns;

/// <summary>schema.md, table 5.</summary>
internal sealed class CampaignConfiguration : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> builder)
    {
        builder.ToTable("campaigns");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Name).HasMaxLength(255);
        builder.HasWords(c => c.Status, 20);
        builder.Property(c => c.EscalationSteps).HasJson();
        builder.Property(c => c.CurrentStep).HasDefaultValue(0);
        builder.HasCheck("current_step", "current_step >= 0");
        builder.Property(c => c.Results).HasJson();
        builder.Property(c => c.Config).HasJson();
        builder.Property(c => c.CreatedAt).DefaultsToNow();
        builder.Property(c => c.UpdatedAt).SetByTrigger();

        builder
            .HasOne(c => c.Customer)
            .WithMany()
            .HasForeignKey(c => c.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(c => c.PaymentRecord)
            .WithMany()
            .HasForeignKey(c => c.PaymentRecordId)
            .OnDelete(DeleteBehavior.SetNull);

        builder.HasIndex(c => c.CustomerId, "idx_campaigns_customer_id");
        builder.HasIndex(c => c.Status, "idx_campaigns_status");
        builder.HasIndex(c => c.StartDate, "idx_campaigns_start_date");
    }
}
