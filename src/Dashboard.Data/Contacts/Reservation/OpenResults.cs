using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>
/// Contacts whose result is not known yet. A call that is under way may become a conversation, a message may turn out to be
/// delivered: whatever they become, the contact judged now must hold beside it. So the gate is asked about each result that is
/// possible. A failure only loosens and needs no question; what the customer does later (opens, replies) of what we know has
/// arrived counts from when it is known.
/// </summary>
internal static class OpenResults
{
    private static readonly ContactStatus[] s_calls =
    [
        ContactStatus.Answered,
        ContactStatus.Delivered,
    ];

    private static readonly ContactStatus[] s_messages =
    [
        ContactStatus.Delivered,
        ContactStatus.Opened,
        ContactStatus.Replied,
    ];

    /// <summary>
    /// The hardest decision over the possible results; null when all results are known. A rule counts some statuses, the same
    /// for all its channels, so it is enough to give all calls one result and all messages one.
    /// </summary>
    public static GateDecision? Worst(
        FactSheet sheet,
        RuleSet rules,
        CampaignConfig? campaign,
        Guid? campaignId,
        ContactRequest request
    )
    {
        GateDecision? worst = null;
        foreach (var call in Possible(sheet, s_calls, isCall: true))
        {
            foreach (var message in Possible(sheet, s_messages, isCall: false))
            {
                if (call is null && message is null)
                {
                    continue;
                }

                var facts = sheet.Facts with { History = As(sheet, sheet.History, call, message) };
                var own = As(sheet, sheet.OfCampaign(campaignId), call, message);
                var all = campaign is null ? rules : rules.With(campaign, own);
                var decision = ComplianceGate.Evaluate(facts, all, request);
                worst = worst is null || IsHarder(decision, worst) ? decision : worst;
            }
        }

        return worst;
    }

    private static bool IsHarder(GateDecision a, GateDecision b) =>
        a.Verdict > b.Verdict
        || (
            a.Verdict == b.Verdict
            && (a.NextAllowedAt ?? DateTime.MaxValue) > (b.NextAllowedAt ?? DateTime.MaxValue)
        );

    private static IEnumerable<ContactStatus?> Possible(
        FactSheet sheet,
        ContactStatus[] results,
        bool isCall
    ) =>
        sheet.Uncertain.Any(c => c.Channel == Channel.Phone == isCall)
            ? results.Select(r => (ContactStatus?)r)
            : [null];

    private static List<PastContact> As(
        FactSheet sheet,
        IReadOnlyList<PastContact> history,
        ContactStatus? call,
        ContactStatus? message
    ) =>
        [
            .. history.Select(contact =>
                sheet.Uncertain.Contains(contact)
                && (contact.Channel == Channel.Phone ? call : message) is { } result
                    ? contact with
                    {
                        Status = result,
                    }
                    : contact
            ),
        ];
}
