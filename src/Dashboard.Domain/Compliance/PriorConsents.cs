using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>
/// Which contacts were, or would be, placed with prior consent: for seven local days, the date of consent being the first,
/// and until the next conversation about its invoice (12 CFR 1006.14(b)(3)(i)).
/// </summary>
internal static class PriorConsents
{
    private const int Days = 7;

    /// <summary>Consent covers a request about <paramref name="debt"/> at an instant; null = about no invoice that is named.</summary>
    internal static bool Covers(GateCase subject, string? debt, long utc) =>
        Covers(subject, subject.Channel, debt, utc, conversationsUntil: utc);

    /// <summary>Consent covered a past contact, as far as it was about <paramref name="debt"/>.</summary>
    internal static bool Covered(GateCase subject, PastContact contact, string? debt) =>
        // A call does not end the consent that it was placed with, even when it became a conversation.
        Covers(
            subject,
            contact.Channel,
            debt,
            contact.At.Ticks,
            conversationsUntil: contact.At.Ticks - 1
        );

    /// <summary>The next instant after <paramref name="utc"/> at which a consent begins, or <see cref="GateRule.Never"/>.</summary>
    internal static long NextBegin(GateCase subject, long utc)
    {
        var next = GateRule.Never;
        foreach (var consent in subject.Facts.PriorConsents)
        {
            if (consent.GivenAt.Ticks > utc && consent.Channel == subject.Channel)
            {
                next = Math.Min(next, consent.GivenAt.Ticks);
            }
        }
        return next;
    }

    private static bool Covers(
        GateCase subject,
        Channel channel,
        string? debt,
        long utc,
        long conversationsUntil
    )
    {
        if (subject.Primary is not { } zone)
        {
            return false;
        }
        foreach (var consent in subject.Facts.PriorConsents)
        {
            if (
                consent.Channel == channel
                && (consent.Debt is null || consent.Debt == debt)
                && InItsDays(consent, zone, utc)
                && !Ended(subject, consent, conversationsUntil)
            )
            {
                return true;
            }
        }
        return false;
    }

    private static bool InItsDays(PriorConsent consent, LocalZone zone, long utc) =>
        consent.GivenAt.Ticks <= utc && zone.DayAt(utc) < zone.DayAt(consent.GivenAt.Ticks) + Days;

    private static bool Ended(GateCase subject, PriorConsent consent, long until)
    {
        foreach (var contact in subject.Facts.History)
        {
            if (
                contact.IsConversation
                && contact.At > consent.GivenAt
                && contact.At.Ticks <= until
                && (
                    consent.Debt is null
                    || contact.Debts.Count == 0
                    || contact.Debts.Contains(consent.Debt)
                )
            )
            {
                return true;
            }
        }
        return false;
    }
}
