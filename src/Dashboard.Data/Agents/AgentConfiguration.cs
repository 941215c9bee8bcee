using Dashboard.Data.Mapping;
using Dashboard.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Agents;

/// <summary>schema.md, table 4. The checks make it impossible to give an agent more tasks than it can take.</summary>
internal sealed class AgentConfiguration : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> builder)
    {
        builder.ToTable("agents");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasWords(a => a.Type, 20);
        builder.HasWords(a => a.Status, 20);
        builder.Property(a => a.CurrentTaskCount).HasDefaultValue(0);
        builder.HasCheck(
            "current_task_count",
            "current_task_count BETWEEN 0 AND max_concurrent_tasks"
        );
        builder.Property(a => a.MaxConcurrentTasks).HasDefaultValue(5).HasSentinel(5);
        builder.HasCheck("max_concurrent_tasks", "max_concurrent_tasks >= 1");
        builder.Property(a => a.Timezone).HasMaxLength(50).HasDefaultValue("UTC");
        builder.Property(a => a.Config).HasJson();
        builder.Property(a => a.PerformanceMetrics).HasJson();
        builder.Property(a => a.CreatedAt).DefaultsToNow();
        builder.Property(a => a.UpdatedAt).SetByTrigger();

        builder.HasIndex(a => a.Type, "idx_agents_type");
        builder.HasIndex(a => a.Status, "idx_agents_status");
    }
}
