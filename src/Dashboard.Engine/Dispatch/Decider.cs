using System.Text.Json;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;

namespace Dashboard.Engine.Dispatch;

/// <summary>
/// Decides about one claimed task in memory: first what makes a contact pointless (campaign over, nothing owed, no number),
/// then the gate. The order of calls matters: what is allowed is added to the customer's history, so the next task of the
/// same customer sees it.
/// </summary>
internal sealed class Decider(BatchFacts facts, RuleSet rules, DateTime now, TimeSpan recheckAfter)
{
    /// <summary>Refusals that somebody can repair: the task waits and is looked at again.</summary>
    private static readonly HashSet<string> s_repairable = new(StringComparer.Ordinal)
    {
        "gate_failure",
        "customer_time_zone",
        "campaign_time_zone",
    };

    /// <summary>The outcome. An exception here or in the gate means that nobody is contacted.</summary>
    public Outcome Decide(ClaimedTask task)
    {
        try
        {
            return DecideUnguarded(task);
        }
        catch (Exception failure)
        {
            var gate = Gate(
                GateVerdict.Blocked.ToText(),
                now + recheckAfter,
                $"The contact could not be judged, so it is not made: {failure.Message}"
            );
            return new Wait(task, gate, now + recheckAfter);
        }
    }

    private Outcome DecideUnguarded(ClaimedTask task)
    {
        var customer = facts.Customers[task.CustomerId];
        var campaign = task.CampaignId is { } id ? facts.Campaigns.GetValueOrDefault(id) : null;
        var debts = task.PaymentRecordId is { } invoice
            ? customer.Debts.Where(d => d == invoice.ToString()).ToList()
            : customer.Debts;
        if (Pointless(task, customer, campaign, debts) is { } pointless)
        {
            return pointless;
        }

        if (!customer.Reaches(task.Channel))
        {
            return Never(task, MissingAddress(task.Channel), null);
        }

        var own = customer.OfCampaign(task.CampaignId);
        var request = new ContactRequest(task.Channel, now, [.. debts]);
        var all = campaign is null ? rules : rules.With(campaign.Config, own);
        var decision = ComplianceGate.Evaluate(customer.Facts, all, request);
        return Judge(task, customer, request, decision);
    }

    private Outcome? Pointless(
        ClaimedTask task,
        FactSheet customer,
        CampaignState? campaign,
        IReadOnlyList<string> debts
    )
    {
        if (customer.IsDeleted)
        {
            return StopPlain(task, "The customer was deleted.");
        }

        switch (campaign?.Status)
        {
            case CampaignStatus.Completed or CampaignStatus.Cancelled:
                return StopPlain(task, $"The campaign is {campaign.Status.ToText()}.");
            case CampaignStatus.Paused or CampaignStatus.Draft when !Resumes(campaign):
                var gate = Gate("campaign_paused", campaign.PausedUntil, "The campaign is paused.");
                return new Wait(task, gate, campaign.PausedUntil);
            default:
                return campaign is not null && debts.Count == 0
                    ? StopPlain(task, "Nothing is overdue any more.")
                    : null;
        }
    }

    private bool Resumes(CampaignState campaign) =>
        campaign.Status == CampaignStatus.Paused && campaign.PausedUntil <= now;

    private Outcome Judge(
        ClaimedTask task,
        FactSheet customer,
        ContactRequest request,
        GateDecision decision
    )
    {
        var verdict = decision.Verdict;
        var binding = decision.Binding;
        if (verdict == GateVerdict.RequiresApproval && IsApproved(task, decision))
        {
            verdict = GateVerdict.AllowedWithWarning;
        }

        switch (verdict)
        {
            case GateVerdict.Allowed or GateVerdict.AllowedWithWarning:
                return new Allow(
                    task,
                    Gate(decision, binding, withFindings: verdict != GateVerdict.Allowed),
                    request.Debts,
                    Clearance.Write(customer.Facts, request, decision)
                );
            case GateVerdict.RequiresApproval:
                var findings = JsonShape.Write(decision.Findings);
                return new Ask(task, Gate(decision, binding), binding!, findings);
            case GateVerdict.Escalate:
                var reason = $"A person takes over: {binding?.Explanation}";
                return new Stop(
                    task,
                    Gate(decision, binding),
                    reason,
                    Successor.Human(task, reason)
                );
            default:
                return Blocked(task, decision, binding);
        }
    }

    private bool IsApproved(ClaimedTask task, GateDecision decision) =>
        decision
            .Findings.Where(f => f.Verdict == GateVerdict.RequiresApproval)
            .All(f => facts.Approvals.Contains((task.Id, f.Rule)));

    private Outcome Blocked(ClaimedTask task, GateDecision decision, Finding? binding)
    {
        if (decision.NextAllowedAt is { } next)
        {
            return new Wait(task, Gate(decision, binding), next);
        }

        return IsRepairable(decision)
            ? new Wait(task, Gate(decision, binding), now + recheckAfter)
            : Never(task, binding?.Explanation ?? "The contact is blocked for good.", decision);
    }

    /// <summary>True when what blocks for good is a fault (broken rule, unknown zone, failure), not a decision.</summary>
    private bool IsRepairable(GateDecision decision)
    {
        var broken = rules.Broken.Select(b => b.RuleId).ToHashSet();
        return decision
                .Findings.Where(f => f.Verdict == GateVerdict.Blocked && f.NextAllowedAt is null)
                .All(f =>
                    s_repairable.Contains(f.Rule) || (f.RuleId is { } id && broken.Contains(id))
                )
            || decision.Findings.Any(f =>
                s_repairable.Contains(f.Rule) && f.Verdict == GateVerdict.Blocked
            );
    }

    private Stop Never(ClaimedTask task, string why, GateDecision? decision)
    {
        var gate = decision is null
            ? Gate(GateVerdict.Blocked.ToText(), null, why)
            : Gate(decision, decision.Binding);
        if (task.Context.FallbackChannel is { } fallback && fallback != task.Channel)
        {
            var reason = $"Goes by {fallback.ToText()} instead of {task.Channel.ToText()}: {why}";
            return new Stop(task, gate, reason, Successor.Fallback(task, fallback, reason));
        }

        return new Stop(task, gate, why, null);
    }

    private Stop StopPlain(ClaimedTask task, string reason) =>
        new(task, Gate(GateVerdict.Blocked.ToText(), null, reason), reason, null);

    private static string MissingAddress(Channel channel) =>
        channel switch
        {
            Channel.Email => "The customer has no e-mail address.",
            Channel.Sms => "The customer has no mobile number.",
            _ => "The customer has no phone number.",
        };

    private TaskGate Gate(GateDecision decision, Finding? binding, bool withFindings = true)
    {
        var gate = Gate(decision.Verdict.ToText(), decision.NextAllowedAt, binding?.Explanation);
        gate.Findings = withFindings
            ? JsonSerializer.SerializeToElement(decision.Findings, JsonShape.Options)
            : null;
        return gate;
    }

    private TaskGate Gate(string decision, DateTime? next, string? explanation) =>
        new()
        {
            Decision = decision,
            NextAllowedAt = next,
            EvaluatedAt = now,
            Explanation = explanation,
        };
}
