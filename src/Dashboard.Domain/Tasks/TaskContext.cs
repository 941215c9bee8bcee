using System.Text.Json;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Tasks;

/// <summary>contracts.md, tasks.context.</summary>
public sealed class TaskContext : JsonDocumentShape
{
    /// <summary>1-based step of the campaign.</summary>
    public int? StepNumber { get; set; }

    /// <summary>1-based try of that step: a retry by an operator or a fallback channel is a further round.</summary>
    public int? Round { get; set; }

    /// <summary>The way it goes.</summary>
    public StepChannel? Channel { get; set; }

    /// <summary>Channel to go by when this one is closed for good.</summary>
    public Channel? FallbackChannel { get; set; }

    /// <summary>Template name.</summary>
    public string? Template { get; set; }

    /// <summary>Why the task exists, or why it ended, in a sentence.</summary>
    public string? Reason { get; set; }

    /// <summary>Why it waits: the gate's last word.</summary>
    public TaskGate? Gate { get; set; }

    /// <summary>Who holds it, until when.</summary>
    public TaskLease? Lease { get; set; }

    /// <summary>The task a person takes over from, because a rule escalates: its gate has the findings.</summary>
    public Guid? EscalatedFrom { get; set; }

    /// <summary>The person who has it; only tasks for people have one.</summary>
    public TaskOperator? Operator { get; set; }

    /// <summary>What a person said came of it, in a sentence.</summary>
    public string? Note { get; set; }

    /// <summary>What came of it: <c>delivered</c>, <c>answered</c>, <c>no_answer</c>, …</summary>
    public string? Outcome { get; set; }
}

/// <summary>contracts.md, tasks.context.gate. <see cref="Findings"/> has the shape of the gate's findings.</summary>
public sealed class TaskGate : JsonDocumentShape
{
    /// <summary>
    /// The gate's decision word (<c>allowed</c>, <c>blocked</c>, <c>requires_approval</c>, <c>allowed_with_warning</c>,
    /// <c>escalate</c>), or <c>no_agent</c> when no agent had capacity in its working hours.
    /// </summary>
    public string Decision { get; set; } = string.Empty;

    /// <summary>UTC; null = there is none.</summary>
    public DateTime? NextAllowedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime EvaluatedAt { get; set; }

    /// <summary>One sentence for the Tasks page: the finding that binds.</summary>
    public string? Explanation { get; set; }

    /// <summary>Each rule's finding.</summary>
    public JsonElement? Findings { get; set; }
}

/// <summary>The operator who works on a task for people.</summary>
public sealed class TaskOperator : JsonDocumentShape
{
    /// <summary>The operator's id.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>Name when it was taken or handed over.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>UTC; since when.</summary>
    public DateTime Since { get; set; }
}

/// <summary>A worker's hold on a task.</summary>
public sealed class TaskLease : JsonDocumentShape
{
    /// <summary>UTC; after it the rescuer takes over.</summary>
    public DateTime Until { get; set; }

    /// <summary>Who holds it.</summary>
    public string Token { get; set; } = string.Empty;
}
