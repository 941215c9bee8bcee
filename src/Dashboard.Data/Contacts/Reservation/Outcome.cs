using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>What the gate saw and said of one task.</summary>
/// <param name="Sheet">The customer's facts.</param>
/// <param name="Request">What would have been sent, when.</param>
/// <param name="Decision">Of the rules in force.</param>
/// <param name="Shadow">Of rules that do not act.</param>
/// <param name="Approvals">Approvals that lifted something.</param>
internal sealed record Judgement(
    FactSheet Sheet,
    ContactRequest Request,
    GateDecision Decision,
    ShadowFindings Shadow,
    IReadOnlyList<Approval> Approvals
);

/// <summary>What becomes of one claimed task.</summary>
/// <param name="Task">It.</param>
/// <param name="Gate">What its context keeps.</param>
/// <param name="Judgement">The gate's word, when it is what decided.</param>
internal abstract record Outcome(ClaimedTask Task, TaskGate Gate, Judgement? Judgement);

/// <summary>Allowed: goes out once an agent has a place.</summary>
internal sealed record Allow(ClaimedTask Task, TaskGate Gate, Judgement Judged, string Clearance)
    : Outcome(Task, Gate, Judged);

/// <summary>Why a task waits.</summary>
internal enum WaitFor
{
    /// <summary>The gate's next instant, or a repair.</summary>
    Gate,

    /// <summary>Its campaign.</summary>
    Campaign,

    /// <summary>An agent with a free place.</summary>
    Agent,

    /// <summary>The result of another contact with the same customer.</summary>
    Result,
}

/// <summary>Not now: due at an instant, or parked (null) until somebody acts.</summary>
internal sealed record Wait(
    ClaimedTask Task,
    TaskGate Gate,
    DateTime? DueAt,
    WaitFor For,
    Judgement? Judgement = null
) : Outcome(Task, Gate, Judgement)
{
    /// <summary>
    /// Worth an audit row and a record of the refusal: not when a fault nobody has repaired yet is found again.
    /// </summary>
    public bool IsKept =>
        For is WaitFor.Gate or WaitFor.Campaign
        && !(SaysNothingNew && Judgement is { Decision.NextAllowedAt: null });

    /// <summary>The task says so already and is due then: no write.</summary>
    public bool IsNews => IsKept || DueAt != Task.DueAt || !SaysNothingNew;

    private bool SaysNothingNew =>
        Task.Context.Gate is { } known
        && known.Decision == Gate.Decision
        && known.Explanation == Gate.Explanation;
}

/// <summary>Never: cancelled, maybe with a successor.</summary>
internal sealed record Stop(
    ClaimedTask Task,
    TaskGate Gate,
    string Reason,
    Successor? Next,
    Judgement? Judgement = null
) : Outcome(Task, Gate, Judgement);

/// <summary>Parked until a person approves.</summary>
internal sealed record Ask(ClaimedTask Task, TaskGate Gate, Judgement Judged, string Findings)
    : Outcome(Task, Gate, Judged);

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
