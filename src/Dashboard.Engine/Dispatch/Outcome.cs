using Dashboard.Data.Tasks;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Engine.Dispatch;

/// <summary>What becomes of one claimed task.</summary>
internal abstract record Outcome(ClaimedTask Task, TaskGate Gate);

/// <summary>Allowed: goes out once an agent has a place.</summary>
/// <param name="Debts">The invoices it is about.</param>
/// <param name="Clearance">The evidence, as JSON.</param>
internal sealed record Allow(
    ClaimedTask Task,
    TaskGate Gate,
    IReadOnlyList<string> Debts,
    string Clearance
) : Outcome(Task, Gate);

/// <summary>Not now: due at an instant, or parked (null) until somebody acts.</summary>
internal sealed record Wait(ClaimedTask Task, TaskGate Gate, DateTime? DueAt, bool Audited = true)
    : Outcome(Task, Gate)
{
    /// <summary>The task says so already: no write.</summary>
    public bool IsNews =>
        Audited
        || DueAt != Task.DueAt
        || Task.Context.Gate is not { } known
        || known.Decision != Gate.Decision
        || known.Explanation != Gate.Explanation;
}

/// <summary>Never: cancelled, maybe with a successor.</summary>
internal sealed record Stop(ClaimedTask Task, TaskGate Gate, string Reason, Successor? Next)
    : Outcome(Task, Gate);

/// <summary>Parked until a person approves.</summary>
internal sealed record Ask(ClaimedTask Task, TaskGate Gate, Finding Finding, string Findings)
    : Outcome(Task, Gate);

/// <summary>A task in place of a cancelled one.</summary>
internal sealed record Successor(TaskType Type, TaskContext Context, TaskPriority? Priority)
{
    /// <summary>The same step by another channel; the template is chosen when it is known which there are.</summary>
    public static Successor Fallback(ClaimedTask task, Channel channel, string reason)
    {
        var step = TaskTypes.StepOf(channel);
        return new Successor(
            TaskTypes.Of(step),
            new TaskContext
            {
                StepNumber = task.Context.StepNumber,
                Round = (task.Context.Round ?? 1) + 1,
                Channel = step,
                Template = task.Context.Template,
                Reason = reason,
            },
            null
        );
    }

    /// <summary>A task for a person.</summary>
    public static Successor Human(ClaimedTask task, string reason) =>
        new(
            TaskType.Escalate,
            new TaskContext
            {
                StepNumber = task.Context.StepNumber,
                Round = (task.Context.Round ?? 1) + 1,
                Channel = StepChannel.Escalate,
                Reason = reason,
                EscalatedFrom = task.Id,
            },
            TaskPriority.High
        );
}
