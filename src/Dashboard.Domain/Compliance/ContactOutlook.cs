using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>A time in which the gate's answer to one request stays the same.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="Until">UTC, exclusive.</param>
/// <param name="Verdict">What the gate says.</param>
/// <param name="Rule">The rule that binds at its begin; null when nothing does.</param>
public sealed record OutlookSpan(DateTime From, DateTime Until, GateVerdict Verdict, string? Rule)
{
    /// <summary>A contact may go, perhaps with a warning, an approval or by a person.</summary>
    public bool IsOpen => Verdict != GateVerdict.Blocked;
}

/// <summary>One local day of an outlook, with the spans cut to it.</summary>
/// <param name="Date">The date in the zone.</param>
/// <param name="Start">UTC; its first instant.</param>
/// <param name="End">UTC, exclusive; 23 or 25 hours later where the clock is changed.</param>
/// <param name="Spans">What of the outlook falls on it, in order.</param>
public sealed record OutlookDay(
    DateOnly Date,
    DateTime Start,
    DateTime End,
    IReadOnlyList<OutlookSpan> Spans
);

/// <summary>
/// When a contact will be possible if nothing else happens meanwhile: the gate asked again and again along a stretch of time.
/// Blocked spans are exact, since the gate says when it lets go. When it closes again the gate does not say: that is looked for
/// on a grid of <see cref="Grid"/> and refined to the tick, so a closure shorter than the grid may be missed. A picture for
/// people; nothing is sent because of it.
/// </summary>
public sealed class ContactOutlook
{
    /// <summary>Every offset of a zone and nearly every rule's hours are whole quarters.</summary>
    public static readonly TimeSpan Grid = TimeSpan.FromMinutes(15);

    private readonly ContactFacts _facts;
    private readonly RuleSet _rules;
    private readonly ContactRequest _request;
    private readonly List<OutlookSpan> _spans = [];

    private ContactOutlook(ContactFacts facts, RuleSet rules, ContactRequest request) =>
        (_facts, _rules, _request) = (facts, rules, request);

    /// <summary>The spans, in order, without gaps; neighbours differ.</summary>
    public IReadOnlyList<OutlookSpan> Spans => _spans;

    /// <summary>The gate's answer for each instant in [request.At, until).</summary>
    /// <param name="facts">As for <see cref="ComplianceGate.Evaluate"/>.</param>
    /// <param name="rules">As for <see cref="ComplianceGate.Evaluate"/>.</param>
    /// <param name="request">Begins at its instant.</param>
    /// <param name="until">UTC; no spans when it is not later than the request.</param>
    public static ContactOutlook Of(
        ContactFacts facts,
        RuleSet rules,
        ContactRequest request,
        DateTime until
    )
    {
        var outlook = new ContactOutlook(facts, rules, request);
        var at = request.At;
        while (at < until)
        {
            at = outlook.AddSpan(at, until);
        }

        return outlook;
    }

    /// <summary>Local midnight after so many days, counted from the day of <paramref name="utc"/>; 1 = the end of that day.</summary>
    /// <param name="utc">UTC.</param>
    /// <param name="zone">Null = UTC.</param>
    /// <param name="days">0 = the begin of that day.</param>
    public static DateTime Midnight(DateTime utc, LocalZone? zone, int days) =>
        zone is null
            ? utc.Date.AddDays(days)
            : new DateTime(zone.StartOfDay(zone.DayAt(utc.Ticks) + days), DateTimeKind.Utc);

    /// <summary>The outlook by days of a zone, beginning with the day of the request.</summary>
    /// <param name="zone">Null = UTC.</param>
    /// <param name="count">How many days.</param>
    public IReadOnlyList<OutlookDay> Days(LocalZone? zone, int count)
    {
        var first = DateOnly.FromDateTime(zone?.LocalAt(_request.At) ?? _request.At);
        return [.. Enumerable.Range(0, count).Select(i => Day(first.AddDays(i), zone, i))];
    }

    private OutlookDay Day(DateOnly date, LocalZone? zone, int number)
    {
        var start = Midnight(_request.At, zone, number);
        var end = Midnight(_request.At, zone, number + 1);
        return new OutlookDay(
            date,
            start,
            end,
            [
                .. _spans
                    .Where(s => s.From < end && s.Until > start)
                    .Select(s =>
                        s with
                        {
                            From = s.From < start ? start : s.From,
                            Until = s.Until > end ? end : s.Until,
                        }
                    ),
            ]
        );
    }

    private DateTime AddSpan(DateTime at, DateTime until)
    {
        var decision = Ask(at);
        var end =
            decision.Verdict == GateVerdict.Blocked
                ? decision.NextAllowedAt ?? until
                : Change(at, decision.Verdict, until);
        end = end < until ? end : until;
        var span = new OutlookSpan(at, end, decision.Verdict, decision.Binding?.Rule);
        if (_spans is [.., { } last] && last.Verdict == span.Verdict && last.Rule == span.Rule)
        {
            _spans[^1] = last with { Until = end };
        }
        else
        {
            _spans.Add(span);
        }

        return end;
    }

    // The first instant after "from" at which the verdict is another one.
    private DateTime Change(DateTime from, GateVerdict verdict, DateTime until)
    {
        var same = from;
        while (same < until)
        {
            var next = new DateTime((same.Ticks / Grid.Ticks + 1) * Grid.Ticks, DateTimeKind.Utc);
            if (Ask(next).Verdict != verdict)
            {
                return Refine(same.Ticks, next.Ticks, verdict);
            }

            same = next;
        }

        return until;
    }

    private DateTime Refine(long same, long other, GateVerdict verdict)
    {
        while (other - same > 1)
        {
            var middle = same + ((other - same) / 2);
            (same, other) =
                Ask(new DateTime(middle, DateTimeKind.Utc)).Verdict == verdict
                    ? (middle, other)
                    : (same, middle);
        }

        return new DateTime(other, DateTimeKind.Utc);
    }

    private GateDecision Ask(DateTime at) =>
        ComplianceGate.Evaluate(_facts, _rules, _request with { At = at });
}
