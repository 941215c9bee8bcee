using Dashboard.Data.Mapping;
using Dashboard.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Campaigns;

/// <summary>
/// When an active campaign's next step falls due (<c>ops.campaign_schedule</c>). Kept beside <c>campaigns</c>, whose columns
/// schema.md fixes; a campaign without a row waits for nothing.
/// </summary>
public sealed class CampaignSchedule
{
    /// <summary>The campaign; one row at most.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>1-based step that falls due then; null = the one after <c>current_step</c>.</summary>
    public int? StepNumber { get; set; }
}

/// <summary>The runner claims by <c>due_at</c>; the row goes with its campaign.</summary>
internal sealed class CampaignScheduleConfiguration : IEntityTypeConfiguration<CampaignSchedule>
{
    public void Configure(EntityTypeBuilder<CampaignSchedule> builder)
    {
        builder.ToTable("campaign_schedule", DashboardDb.OpsSchema);
        builder.HasKey(s => s.CampaignId);
        builder.Property(s => s.CampaignId).ValueGeneratedNever();
        builder.HasCheck("step_number", "step_number >= 1");
        builder
            .HasOne<Campaign>()
            .WithOne()
            .HasForeignKey<CampaignSchedule>(s => s.CampaignId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => s.DueAt);
    }
}
