using Dashboard.Data.Mapping;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Tasks;

/// <summary>
/// schema.md, table 6. One task per campaign, step and round is held by <c>uq_tasks_campaign_step</c>, an index over
/// expressions that only the migration can write, as is the dispatcher's <c>idx_tasks_claim</c>.
/// </summary>
internal sealed class AgentTaskConfiguration : IEntityTypeConfiguration<AgentTask>
{
    public void Configure(EntityTypeBuilder<AgentTask> builder)
    {
        builder.ToTable("tasks");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasWords(t => t.Type, 50);
        builder.HasWords(t => t.Priority, 20);
        builder.HasWords(t => t.Status, 20);
        builder.Property(t => t.Context).HasJson();
        builder.Property(t => t.Attempts).HasDefaultValue(0);
        builder.HasCheck("attempts", "attempts >= 0");
        builder.Property(t => t.MaxAttempts).HasDefaultValue(3);
        builder.HasCheck("max_attempts", "max_attempts >= 1");
        builder.Property(t => t.CreatedAt).DefaultsToNow();
        builder.Property(t => t.UpdatedAt).SetByTrigger();
        ConfigureReferences(builder);

        builder.HasIndex(t => t.Status, "idx_tasks_status");
        builder.HasIndex(t => t.CustomerId, "idx_tasks_customer_id");
        builder.HasIndex(t => t.CampaignId, "idx_tasks_campaign_id");
        builder.HasIndex(t => t.AssignedAgentId, "idx_tasks_assigned_agent_id");
        builder.HasIndex(t => t.DueAt, "idx_tasks_due_at");
        // Throughput and today's outcomes read what ended lately; ended tasks are the bulk of the table.
        builder
            .HasIndex(t => t.CompletedAt, "idx_tasks_completed_at")
            .HasFilter("completed_at IS NOT NULL");
        builder.HasIndex(t => new { t.Type, t.Status }, "idx_tasks_type_status");
    }

    private static void ConfigureReferences(EntityTypeBuilder<AgentTask> builder)
    {
        builder
            .HasOne(t => t.Customer)
            .WithMany()
            .HasForeignKey(t => t.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(t => t.Campaign)
            .WithMany()
            .HasForeignKey(t => t.CampaignId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(t => t.PaymentRecord)
            .WithMany()
            .HasForeignKey(t => t.PaymentRecordId)
            .OnDelete(DeleteBehavior.SetNull);
        builder
            .HasOne(t => t.AssignedAgent)
            .WithMany()
            .HasForeignKey(t => t.AssignedAgentId)
            .OnDelete(DeleteBehavior.SetNull);
    }
}
