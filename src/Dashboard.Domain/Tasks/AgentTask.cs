using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Payments;

namespace Dashboard.Domain.Tasks;

/// <summary>schema.md, tasks.type.</summary>
public enum TaskType
{
    /// <summary>Send an e-mail.</summary>
    SendEmail,

    /// <summary>Call.</summary>
    MakeCall,

    /// <summary>Send a text message.</summary>
    SendSms,

    /// <summary>Research the customer.</summary>
    ResearchCustomer,

    /// <summary>A human decides.</summary>
    Escalate,

    /// <summary>A human follows up on a reply.</summary>
    FollowUp,
}

/// <summary>schema.md, tasks.priority.</summary>
public enum TaskPriority
{
    /// <summary>Last.</summary>
    Low,

    /// <summary>Normal.</summary>
    Medium,

    /// <summary>Before normal.</summary>
    High,

    /// <summary>First.</summary>
    Urgent,
}

/// <summary>schema.md, tasks.status; moves as architecture.md draws them.</summary>
public enum AgentTaskStatus
{
    /// <summary>Waits; <c>context.gate</c> says why.</summary>
    Pending,

    /// <summary>Has an agent, nothing reserved yet.</summary>
    Assigned,

    /// <summary>Reserved and on its way.</summary>
    InProgress,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Out of attempts.</summary>
    Failed,

    /// <summary>Will not happen.</summary>
    Cancelled,
}

/// <summary>Work for an agent (schema.md, table 6).</summary>
public sealed class AgentTask
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>What to do.</summary>
    public TaskType Type { get; set; }

    /// <summary>How soon.</summary>
    public TaskPriority Priority { get; set; }

    /// <summary>Whom it is about.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>The campaign behind it, if any.</summary>
    public Guid? CampaignId { get; set; }

    /// <summary>The invoice it is about.</summary>
    public Guid? PaymentRecordId { get; set; }

    /// <summary>Where it stands.</summary>
    public AgentTaskStatus Status { get; set; }

    /// <summary>Who does it.</summary>
    public Guid? AssignedAgentId { get; set; }

    /// <summary>Step, template, why it waits, lease, outcome.</summary>
    public TaskContext Context { get; set; } = new();

    /// <summary>Contact attempts made so far.</summary>
    public int? Attempts { get; set; } = 0;

    /// <summary>1 or more.</summary>
    public int? MaxAttempts { get; set; } = 3;

    /// <summary>UTC; not before this instant.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? CompletedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Whom it is about.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The campaign behind it.</summary>
    public Campaign? Campaign { get; set; }

    /// <summary>The invoice it is about.</summary>
    public PaymentRecord? PaymentRecord { get; set; }

    /// <summary>Who does it.</summary>
    public Agent? AssignedAgent { get; set; }
}
