using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary><c>frequency</c>: were there as many contacts already as the rule allows in its period?</summary>
internal sealed record FrequencyQuestion
{
    internal required Func<Channel, bool> Counted { get; init; }

    internal required HashSet<ContactStatus> Statuses { get; init; }

    internal required int Max { get; init; }

    internal required string Period { get; init; }

    internal required int Days { get; init; }

    internal required TimeSpan Span { get; init; }

    internal required bool EachInvoice { get; init; }

    internal required bool ConsentExempt { get; init; }

    internal required bool OnlyAfterTalk { get; init; }

    internal static FrequencyQuestion Read(ConditionText text)
    {
        var period = text.Inner("period");
        var type = period.Word("type");
        if (type is not ("calendar_days" or "rolling_hours" or "calendar_week" or "calendar_month"))
        {
            throw new FormatException($"the period is '{type}'");
        }

        return new FrequencyQuestion
        {
            Counted = text.Channels("count_channels"),
            Statuses = text.Statuses("count_statuses"),
            Max = text.Count("max", 0),
            Period = type,
            Days = type == "calendar_days" ? period.Count("days", 1) : 0,
            Span = type == "rolling_hours" ? TimeSpan.FromHours(period.Amount("hours")) : default,
            EachInvoice = text.EachInvoice("per"),
            ConsentExempt = text.Yes("consent_exempt"),
            OnlyAfterTalk = text.Yes("only_after_conversation"),
        };
    }

    internal string? Answer(Moment m)
    {
        if (Period != "rolling_hours" && m.Home is null)
        {
            return Hours.NoZone;
        }

        foreach (var debt in m.Buckets(EachInvoice))
        {
            if (
                ConsentExempt
                && FurtherCalls.Allowed(m, EachInvoice ? [debt] : (IReadOnlyList<string?>)m.Debts)
            )
            {
                continue;
            }

            var count = m.Past.Count(p => Counts(m, p, debt));
            if (count >= Max)
            {
                return $"{count} of {Max} contacts"
                    + (debt is null ? "" : " about this invoice")
                    + $" had been made in the period ({Say()})";
            }
        }

        return null;
    }

    private bool Counts(Moment m, OnRecord p, string? debt) =>
        !p.Inbound
        && p.Person == m.Person
        && Counted(p.Channel)
        && Statuses.Contains(p.Status)
        && p.MayBeAbout(debt)
        && InPeriod(m, p)
        && (!OnlyAfterTalk || FirstTalk(m, debt) is { } talk && p.At > talk)
        && !(ConsentExempt && PlacedWithConsent(m, p, debt));

    private bool InPeriod(Moment m, OnRecord p)
    {
        if (Period == "rolling_hours")
        {
            return m.At - p.At < Span;
        }

        var today = m.Home!.DateAt(m.At);
        var first = Period switch
        {
            "calendar_days" => today.AddDays(1 - Days),
            "calendar_week" => today.AddDays(-(((int)today.DayOfWeek + 6) % 7)),
            _ => new DateOnly(today.Year, today.Month, 1),
        };
        return p.DateIn(m.Home) >= first;
    }

    private static DateTime? FirstTalk(Moment m, string? debt) =>
        m
            .Past.Where(p => p.IsTalk && p.Person == m.Person && p.MayBeAbout(debt))
            .Select(p => (DateTime?)p.At)
            .Min();

    private bool PlacedWithConsent(Moment m, OnRecord p, string? debt) =>
        EachInvoice || p.Debts.Count == 0
            ? FurtherCalls.Covered(m, p, debt)
            : p.Debts.All(d => FurtherCalls.Covered(m, p, d));

    private string Say() =>
        Period switch
        {
            "calendar_days" => Days == 1 ? "1 day" : $"{Days} days",
            "rolling_hours" => $"{Span.TotalHours:0.##} hours",
            "calendar_week" => "the week",
            _ => "the month",
        };
}

/// <summary>
/// Consent given to us for further calls: seven dates, the first being that of the consent, and until the next conversation
/// (12 CFR 1006.14(b)(3)(i)).
/// </summary>
internal static class FurtherCalls
{
    private const int Dates = 7;

    /// <summary>The contact in question is covered for every one of the invoices; none named = only by a consent for all.</summary>
    internal static bool Allowed(Moment m, IReadOnlyList<string?> debts) =>
        (debts.Count == 0 ? new string?[] { null } : debts).All(debt =>
            m.Customer.FurtherCalls.Any(c =>
                Fits(m, c, m.Channel, debt, m.At) && !m.Past.Any(p => Ends(p, c))
            )
        );

    /// <summary>An earlier contact was covered when it was placed; the talk it became does not count against it.</summary>
    internal static bool Covered(Moment m, OnRecord placed, string? debt) =>
        m.Customer.FurtherCalls.Any(c =>
            Fits(m, c, placed.Channel, debt, placed.At)
            && !m.Past.Any(p => p.At < placed.At && Ends(p, c))
        );

    private static bool Fits(
        Moment m,
        PriorConsentThen consent,
        Channel channel,
        string? debt,
        DateTime at
    ) =>
        m.Home is { } home
        && consent.Channel == channel
        && (consent.Debt is null || consent.Debt == debt)
        && consent.GivenAt <= at
        && home.DateAt(at) < home.DateAt(consent.GivenAt).AddDays(Dates);

    private static bool Ends(OnRecord talk, PriorConsentThen consent) =>
        talk.IsTalk && talk.At > consent.GivenAt && talk.MayBeAbout(consent.Debt);
}

/// <summary><c>conversation_cooldown</c>: was there a talk in the days before, whoever started it?</summary>
internal sealed record TalkQuestion(int Days, bool EachInvoice, bool ConsentExempt)
{
    internal static TalkQuestion Read(ConditionText text) =>
        new(text.Count("days", 1), text.EachInvoice("per"), text.Yes("consent_exempt"));

    internal string? Answer(Moment m)
    {
        if (m.Home is not { } home)
        {
            return Hours.NoZone;
        }

        foreach (var debt in m.Buckets(EachInvoice))
        {
            if (
                ConsentExempt
                && FurtherCalls.Allowed(m, EachInvoice ? [debt] : (IReadOnlyList<string?>)m.Debts)
            )
            {
                continue;
            }

            var first = home.DateAt(m.At).AddDays(1 - Days);
            var talk = m.Past.FirstOrDefault(p =>
                p.IsTalk && p.Person == m.Person && p.MayBeAbout(debt) && p.DateIn(home) >= first
            );
            if (talk is not null)
            {
                return $"A conversation on {home.DateAt(talk.At):d MMM yyyy} was not yet {Days} days past";
            }
        }

        return null;
    }
}
