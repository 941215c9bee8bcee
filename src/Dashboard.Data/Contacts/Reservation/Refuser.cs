using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>Makes outcomes of what was decided: what the task waits for, what ends it, what takes its place.</summary>
internal sealed class Refuser(RuleSet rules, DateTime now, TimeSpan recheckAfter)
{
    private const string GateFailure = "gate_failure";

    /// <summary>Refusals that somebody can repair: the task waits and is looked at again.</summary>
    private static readonly HashSet<string> s_repairable = new(StringComparer.Ordinal)
    {
        GateFailure,
        "customer_time_zone",
        "campaign_time_zone",
    };

    private readonly HashSet<Guid> _broken = [.. rules.Broken.Select(b => b.RuleId)];

    /// <summary>The contact may go.</summary>
    public static Allow Allow(ClaimedTask task, Judgement judgement, DateTime now)
    {
        var gate = TaskGates.Of(judgement.Decision, now);
        if (judgement.Decision.Verdict == GateVerdict.Allowed)
        {
            // What allows is in the clearance; the task's context stays small.
            gate.Findings = null;
        }
        else
        {
            gate.Decision = GateVerdict.AllowedWithWarning.ToText();
        }

        return new Allow(task, gate, judgement, Clearance.Write(judgement));
    }

    /// <summary>The contact could not be judged.</summary>
    public Wait Failed(ClaimedTask task, FactSheet? customer, Exception failure)
    {
        var why = $"The contact could not be judged, so it is not made: {failure.Message}";
        var due = now + recheckAfter;
        var finding = new Finding(
            null,
            GateFailure,
            null,
            RuleAction.BlockContact,
            GateVerdict.Blocked,
            null,
            why,
            new Dictionary<string, string> { ["exception"] = failure.GetType().Name },
            null
        );
        var judgement = customer is null
            ? null
            : new Judgement(
                customer,
                new ContactRequest(task.Channel, now, []),
                new GateDecision(GateVerdict.Blocked, null, [finding]),
                ShadowFindings.None,
                []
            );
        var gate = TaskGates.Of(GateVerdict.Blocked.ToText(), now, due, why);
        return new Wait(task, gate, due, WaitFor.Gate, judgement);
    }

    /// <summary>There is nothing left to contact the customer about.</summary>
    public Stop Pointless(ClaimedTask task, string why) =>
        new(task, TaskGates.Of(GateVerdict.Blocked.ToText(), now, null, why), why, null);

    /// <summary>The campaign rests.</summary>
    public Wait Paused(ClaimedTask task, DateTime? until) =>
        new(
            task,
            TaskGates.Of("campaign_paused", now, until, "The campaign is paused."),
            until,
            WaitFor.Campaign
        );

    /// <summary>A person has to approve.</summary>
    public Ask Ask(ClaimedTask task, Judgement judgement) =>
        new(
            task,
            TaskGates.Of(judgement.Decision, now),
            judgement,
            JsonShape.Write(judgement.Decision.Findings)
        );

    /// <summary>A person takes over.</summary>
    public Stop Escalate(ClaimedTask task, Judgement judgement)
    {
        var reason = $"A person takes over: {judgement.Decision.Binding?.Explanation}";
        return new Stop(
            task,
            TaskGates.Of(judgement.Decision, now),
            reason,
            Successor.Human(task, reason),
            judgement
        );
    }

    /// <summary>Blocked: until an instant, until a repair, or for good.</summary>
    public Outcome Blocked(ClaimedTask task, Judgement judgement)
    {
        var decision = judgement.Decision;
        var due =
            decision.NextAllowedAt
            ?? (IsRepairable(decision) ? now + recheckAfter : (DateTime?)null);
        return due is null
            ? Never(
                task,
                decision.Binding?.Explanation ?? "The contact is blocked for good.",
                judgement
            )
            : new Wait(task, TaskGates.Of(decision, now), due, WaitFor.Gate, judgement);
    }

    /// <summary>Never on this channel; another may be open.</summary>
    public Stop Never(ClaimedTask task, string why, Judgement? judgement)
    {
        var gate = judgement is null
            ? TaskGates.Of(GateVerdict.Blocked.ToText(), now, null, why)
            : TaskGates.Of(judgement.Decision, now);
        if (task.Context.FallbackChannel is { } fallback && fallback != task.Channel)
        {
            var reason = $"Goes by {fallback.ToText()} instead of {task.Channel.ToText()}: {why}";
            var next = Successor.Fallback(task, fallback, reason);
            return new Stop(task, gate, reason, next, judgement);
        }

        return new Stop(task, gate, why, null, judgement);
    }

    /// <summary>True when what blocks for good is a fault (broken rule, unknown zone, failure), not a decision.</summary>
    private bool IsRepairable(GateDecision decision) =>
        decision
            .Findings.Where(f => f.Verdict == GateVerdict.Blocked && f.NextAllowedAt is null)
            .All(f => s_repairable.Contains(f.Rule) || (f.RuleId is { } id && _broken.Contains(id)))
        || decision.Findings.Any(f =>
            s_repairable.Contains(f.Rule) && f.Verdict == GateVerdict.Blocked
        );
}
