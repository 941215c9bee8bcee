using System.Text.Json;
using Dashboard.Data.Mapping;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Compliance;

/// <summary>Where an approval stands.</summary>
public enum ApprovalStatus
{
    /// <summary>A person has to decide; the task is not sent.</summary>
    Pending,

    /// <summary>This one contact may go, if the gate has nothing harder to say.</summary>
    Approved,

    /// <summary>It may not.</summary>
    Rejected,

    /// <summary>Approved, but not sent before the approval ran out; the gate asks again.</summary>
    Expired,

    /// <summary>The task ended or changed before anybody decided.</summary>
    Withdrawn,
}

/// <summary>A contact that a rule lets through only with a person's approval (<c>ops.approval_requests</c>).</summary>
public sealed class ApprovalRequest
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The task that waits.</summary>
    public Guid TaskId { get; set; }

    /// <summary>Whom it would contact.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>How.</summary>
    public Channel Channel { get; set; }

    /// <summary>Name of the rule that asks.</summary>
    public string Rule { get; set; } = string.Empty;

    /// <summary>Its sentence.</summary>
    public string Explanation { get; set; } = string.Empty;

    /// <summary>The gate's findings at that instant.</summary>
    public JsonElement Findings { get; set; }

    /// <summary>Where it stands.</summary>
    public ApprovalStatus Status { get; set; }

    /// <summary>UTC.</summary>
    public DateTime RequestedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>Id of the operator who decided.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why, in the words of who decided.</summary>
    public string? Note { get; set; }

    /// <summary>UTC, exclusive; an approval holds until then.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>The invoice it is about; null = every overdue one of the customer.</summary>
    public Guid? PaymentRecordId { get; set; }

    /// <summary>The message as it was rendered when a person decided: <c>{subject, text, html}</c>.</summary>
    public JsonElement? Message { get; set; }
}

/// <summary>One open request a task; the task's history keeps the decided ones.</summary>
internal sealed class ApprovalRequestConfiguration : IEntityTypeConfiguration<ApprovalRequest>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
    {
        builder.ToTable("approval_requests", DashboardDb.OpsSchema);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasWords(a => a.Channel, 20);
        builder.HasWords(a => a.Status, 20);
        builder.Property(a => a.Rule).HasMaxLength(100);
        builder.Property(a => a.Findings).HasJson();
        builder.Property(a => a.DecidedBy).HasMaxLength(100);
        builder.Property(a => a.Note).HasMaxLength(1000);
        builder.Property(a => a.Message).HasJson();
        builder
            .HasOne<AgentTask>()
            .WithMany()
            .HasForeignKey(a => a.TaskId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne<Customer>()
            .WithMany()
            .HasForeignKey(a => a.CustomerId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasIndex(a => a.TaskId, "uq_approval_requests_open")
            .IsUnique()
            .HasFilter("status = 'pending'");
        builder.HasIndex(a => new { a.Status, a.RequestedAt });
        builder.HasIndex(a => a.TaskId, "idx_approval_requests_task_id");
    }
}
