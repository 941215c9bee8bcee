using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>What came of looking at one contact again.</summary>
/// <param name="Breaches">What made it a violation; empty = it was fine.</param>
/// <param name="Defect">What is wrong with its evidence; null = nothing.</param>
/// <param name="IsHistory">It is from before rules were kept here: judged, but counted apart.</param>
internal sealed record Opinion(IReadOnlyList<Breach> Breaches, string? Defect, bool IsHistory)
{
    internal bool IsViolation => Breaches.Count > 0;
}

/// <summary>
/// Judges a contact by what was on file at its instant. The status of an earlier contact is the one it reached in the end,
/// which is the strict reading: statuses only move forward, and calls to one customer are made one at a time, so a call's
/// outcome was known before the next. Only where the end came later than the contact in question does that say too much;
/// <see cref="StatusTimes"/> then tells.
/// </summary>
internal sealed class Examiner(RuleTimes rules)
{
    internal RuleTimes Rules => rules;

    /// <summary>The opinion on one contact of a customer's record.</summary>
    internal Opinion Look(CustomerRecord customer, AttemptRow attempt, StatusTimes? statuses = null)
    {
        var isHistory = rules.IsHistory(customer, attempt);
        var inForce = isHistory ? rules.NamedBy(attempt) : rules.For(attempt);
        var breaches = Judge
            .Look(MomentOf(customer, attempt, statuses), inForce)
            .Where(b =>
                b.Effect switch
                {
                    BreachEffect.Warned => false,
                    BreachEffect.NeedsApproval => !IsApproved(customer, attempt, b.Rule),
                    _ => true,
                }
            )
            .ToList();
        return new Opinion(breaches, isHistory ? null : rules.Defect(attempt), isHistory);
    }

    private static bool IsApproved(CustomerRecord customer, AttemptRow attempt, string rule) =>
        customer.Approvals.Any(a =>
            a.TaskId == attempt.TaskId
            && a.Rules.Contains(rule)
            && a.DecidedAt <= attempt.At
            && (a.ExpiresAt is null || attempt.At < a.ExpiresAt)
            // Good for one contact; one that never left uses nothing up.
            && !customer.Attempts.Any(earlier =>
                earlier.TaskId == attempt.TaskId
                && earlier.At >= a.DecidedAt
                && earlier.At < attempt.At
                && earlier.Status != ContactStatus.Failed
            )
        );

    private static Moment MomentOf(
        CustomerRecord customer,
        AttemptRow attempt,
        StatusTimes? statuses
    )
    {
        var then = FactReader.At(customer.Facts, attempt.At, onlyEntered: statuses is not null);
        return new Moment
        {
            Channel = attempt.Channel,
            At = attempt.At,
            Debts = attempt.Debts,
            Purpose = attempt.Purpose,
            CampaignId = attempt.CampaignId,
            Limits = attempt.CampaignId is { } id
                ? customer.Campaigns.GetValueOrDefault(id)?.At(attempt.At)
                : null,
            Customer = then,
            Places = Moment.PlacesOf(then),
            Past =
            [
                .. customer
                    .Attempts.TakeWhile(a => a.Id != attempt.Id)
                    .Where(a => a.At <= attempt.At)
                    .Select(a => AsContact(a, statuses?.At(a, attempt.At) ?? a.Status)),
                .. customer.Inbound.Where(i => i.At <= attempt.At),
            ],
        };
    }

    private static OnRecord AsContact(AttemptRow a, ContactStatus status) =>
        new(
            a.Channel,
            a.At,
            status,
            a.Debts,
            status == ContactStatus.Answered ? a.DurationSeconds : null,
            CampaignId: a.CampaignId
        );
}

/// <summary>
/// What was known of earlier contacts, and of the customer, at an instant: for a second look at a contact that only what became
/// known afterwards speaks against.
/// </summary>
/// <param name="changes">For an attempt: the status it reached and when, oldest first, out of the audit log.</param>
internal sealed class StatusTimes(
    IReadOnlyDictionary<Guid, List<(ContactStatus Status, DateTime At)>> changes
)
{
    /// <summary>
    /// The status of an attempt as it was known. Reports of deliveries leave no time behind, so a message without one counts as
    /// sent; a call without one as it ended.
    /// </summary>
    internal ContactStatus At(AttemptRow attempt, DateTime instant)
    {
        if (!changes.TryGetValue(attempt.Id, out var own))
        {
            return
                attempt.Channel == Channel.Phone
                || attempt.Status is ContactStatus.Failed or ContactStatus.Bounced
                ? attempt.Status
                : ContactStatus.Sent;
        }

        var known = ContactStatus.Sent;
        foreach (var (status, at) in own)
        {
            known = at <= instant ? status : known;
        }

        return known;
    }
}
