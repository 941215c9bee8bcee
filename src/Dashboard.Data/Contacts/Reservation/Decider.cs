using System.Text.Json;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>
/// Decides about one claimed task in memory: first what makes a contact pointless (campaign over, nothing owed, no number),
/// then the gate, then what may still become of other contacts. The order of calls matters: what is allowed is added to the
/// customer's history, so the next task of the same customer sees it.
/// </summary>
internal sealed class Decider(
    BatchFacts facts,
    StoredRules rules,
    DateTime now,
    TimeSpan recheckAfter
)
{
    /// <summary>How soon a task that waits for another contact's result is looked at again.</summary>
    private static readonly TimeSpan s_resultAfter = TimeSpan.FromSeconds(10);

    /// <summary>An unconfirmed contact may be settled by a late report or by a person.</summary>
    private static readonly TimeSpan s_settledAfter = TimeSpan.FromHours(1);

    /// <summary>Clocks of other processes may be ahead of ours by this much.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(1);

    private readonly Refuser _refuse = new(rules.Acting, now, recheckAfter);

    /// <summary>The outcome. An exception here or in the gate means that nobody is contacted.</summary>
    public Outcome Decide(ClaimedTask task)
    {
        try
        {
            return DecideUnguarded(task);
        }
        catch (Exception failure)
        {
            return _refuse.Failed(
                task,
                facts.Customers.GetValueOrDefault(task.CustomerId),
                failure
            );
        }
    }

    /// <summary>The next task of the same customer in this batch sees this reservation: on its way, result unknown.</summary>
    public void Remember(Allow allow) =>
        allow.Judged.Sheet.Add(
            new PastContact(
                allow.Task.Channel,
                allow.Judged.Request.At,
                ContactStatus.Sent,
                allow.Judged.Request.Debts
            ),
            allow.Task.CampaignId,
            isUncertain: true,
            isInFlight: true
        );

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
            return _refuse.Never(task, MissingAddress(task.Channel), null);
        }

        var request = new ContactRequest(task.Channel, Instant(customer), [.. debts]);
        var judgement = Judge(task, customer, campaign, request);
        return judgement.Decision.Verdict switch
        {
            _ when IsAllowed(judgement) => AllowUnlessOpen(task, judgement, campaign?.Config),
            GateVerdict.RequiresApproval => _refuse.Ask(task, judgement),
            GateVerdict.Escalate => _refuse.Escalate(task, judgement),
            _ => _refuse.Blocked(task, judgement),
        };
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
            return _refuse.Pointless(task, "The customer was deleted.");
        }

        switch (campaign?.Status)
        {
            case CampaignStatus.Completed or CampaignStatus.Cancelled:
                return _refuse.Pointless(task, $"The campaign is {campaign.Status.ToText()}.");
            case CampaignStatus.Paused or CampaignStatus.Draft when !Resumes(campaign):
                return _refuse.Paused(task, campaign.PausedUntil);
            default:
                return campaign is not null && debts.Count == 0
                    ? _refuse.Pointless(task, "Nothing is overdue any more.")
                    : null;
        }
    }

    private bool Resumes(CampaignState campaign) =>
        campaign.Status == CampaignStatus.Paused && campaign.PausedUntil <= now;

    /// <summary>
    /// The instant it would leave: now, but not before what is already on file. Another process whose clock is a little ahead
    /// may just have written a contact or an opt-out, and the gate leaves out what lies in the future.
    /// </summary>
    private DateTime Instant(FactSheet customer)
    {
        var latest = now;
        foreach (var contact in customer.History)
        {
            latest = contact.At > latest && contact.At <= now + s_skew ? contact.At : latest;
        }

        foreach (var optOut in customer.Facts.OptOuts)
        {
            var at = optOut.EffectiveAt;
            latest = at > latest && at <= now + s_skew ? at : latest;
        }

        return latest;
    }

    private Judgement Judge(
        ClaimedTask task,
        FactSheet customer,
        CampaignState? campaign,
        ContactRequest request
    )
    {
        var all = campaign is null
            ? rules.Acting
            : rules.Acting.With(campaign.Config, customer.OfCampaign(task.CampaignId));
        var decision = ComplianceGate.Evaluate(customer.Facts, all, request);
        var approvals = facts
            .Approvals.GetValueOrDefault(task.Id, [])
            .Where(a => a.ExpiresAt is not { } end || request.At < end)
            .Where(a =>
                decision.Findings.Any(f => f.Verdict == GateVerdict.RequiresApproval && a.Lifts(f))
            )
            .ToList();
        return new Judgement(
            customer,
            request,
            decision,
            ShadowFindings.Of(rules.Shadow, customer.Facts, request),
            approvals
        );
    }

    /// <summary>An approval lifts what the rules that it names asked for, and nothing harder.</summary>
    private static bool IsAllowed(Judgement judgement) => IsAllowed(judgement.Decision, judgement);

    private static bool IsAllowed(GateDecision decision, Judgement judgement) =>
        decision.Verdict < GateVerdict.RequiresApproval
        || (
            decision.Verdict == GateVerdict.RequiresApproval
            && decision
                .Findings.Where(f => f.Verdict == GateVerdict.RequiresApproval)
                .All(f => judgement.Approvals.Any(a => a.Lifts(f)))
        );

    private Outcome AllowUnlessOpen(ClaimedTask task, Judgement judgement, CampaignConfig? campaign)
    {
        var sheet = judgement.Sheet;
        if (task.Channel == Channel.Phone && sheet.IsCallInFlight)
        {
            const string Why =
                "Another call to this customer is under way; this one waits until its result is known";
            return Waits(task, judgement.Decision, now + s_resultAfter, Why);
        }

        var worst = OpenResults.Worst(
            sheet,
            rules.Acting,
            campaign,
            task.CampaignId,
            judgement.Request
        );
        return worst is null || IsAllowed(worst, judgement)
            ? Refuser.Allow(task, judgement, now)
            : WaitsForResult(task, worst, sheet);
    }

    private Wait WaitsForResult(ClaimedTask task, GateDecision worst, FactSheet sheet)
    {
        var isSoon = sheet.IsAnyInFlight;
        var again = now + (isSoon ? s_resultAfter : s_settledAfter);
        var due = worst.NextAllowedAt is { } next && next < again ? next : again;
        var state = isSoon ? "is on its way" : "is unconfirmed";
        return Waits(
            task,
            worst,
            due,
            $"An earlier contact with this customer {state}; until its result is known the worst is assumed. {worst.Binding?.Explanation}"
        );
    }

    private Wait Waits(ClaimedTask task, GateDecision decision, DateTime due, string why)
    {
        var gate = TaskGates.Of("result_unknown", now, due, why);
        gate.Findings = JsonSerializer.SerializeToElement(decision.Findings, JsonShape.Options);
        return new Wait(task, gate, due, WaitFor.Result);
    }

    private static string MissingAddress(Channel channel) =>
        channel switch
        {
            Channel.Email => "The customer has no e-mail address.",
            Channel.Sms => "The customer has no mobile number.",
            _ => "The customer has no phone number.",
        };
}
