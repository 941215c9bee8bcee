using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>
/// <c>time_window</c>: contact only inside these hours by the wall clock of every known zone of the customer
/// (12 CFR 1006.6(b)(1)(i)); without any zone in every fallback zone, and without those never.
/// </summary>
internal sealed class TimeWindowRule(
    RuleHead head,
    ChannelSet channels,
    WeekHours hours,
    string text,
    LocalZone[] fallback
) : GateRule(head, channels)
{
    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition)
    {
        var (hours, text) = condition.Hours("windows", "closed_dates");
        return new TimeWindowRule(
            head,
            condition.Channels("channels"),
            hours,
            text,
            condition.Zones("fallback_zones")
        );
    }

    /// <inheritdoc/>
    internal override bool Recurs => true;

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject)
    {
        var (zones, source) =
            subject.Zones.Length > 0 ? (subject.Zones, "customer") : (fallback, "fallback");
        return zones.Length == 0
            ? new NoZoneEvidence(subject.Channel)
            : WindowEvidence.At(hours, text, zones, source, subject);
    }

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc)
    {
        var zones = subject.Zones.Length > 0 ? subject.Zones : fallback;
        return zones.Length == 0 ? Never : hours.Earliest(zones, utc);
    }
}

/// <summary>The wall clock in each zone, and whether it was inside the hours.</summary>
internal sealed class WindowEvidence : Evidence
{
    private readonly WeekHours _hours;
    private readonly string _text;
    private readonly LocalZone[] _zones;
    private readonly string _source;
    private readonly Channel _channel;
    private readonly DateTime _at;

    private WindowEvidence(
        bool holds,
        WeekHours hours,
        string text,
        LocalZone[] zones,
        string source,
        GateCase subject
    )
        : base(holds) =>
        (_hours, _text, _zones, _source, _channel, _at) = (
            hours,
            text,
            zones,
            source,
            subject.Channel,
            subject.Request.At
        );

    /// <summary>Looks at the clocks at the instant of the request.</summary>
    /// <param name="hours">Open hours.</param>
    /// <param name="text">The same in words.</param>
    /// <param name="zones">At least one.</param>
    /// <param name="source">Where the zones come from.</param>
    /// <param name="subject">The evaluation.</param>
    internal static WindowEvidence At(
        WeekHours hours,
        string text,
        LocalZone[] zones,
        string source,
        GateCase subject
    )
    {
        var open = true;
        foreach (var zone in zones)
        {
            open &= hours.IsOpen(zone.LocalAt(subject.At));
        }
        return new WindowEvidence(open, hours, text, zones, source, subject);
    }

    /// <inheritdoc/>
    internal override string Explain(DateTime? next)
    {
        var noun = Words.Noun(_channel);
        if (Holds)
        {
            return $"{Words.Time(_zones[0].LocalAt(_at))} in {_zones[0]} is inside {_text}";
        }
        if (next is not { } instant)
        {
            var zones = string.Join(" and ", _zones.Select(z => z.ToString()));
            return $"No {noun}: there is no time inside {_text} in {zones}";
        }
        // The zone that opens at that very instant is the one that was waited for.
        var zone =
            Array.Find(_zones, z => !_hours.IsOpen(z.LocalAt(instant.Ticks - 1))) ?? _zones[0];
        return $"No {noun} before {Words.Instant(instant, zone, _at)}";
    }

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Facts() =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["local_time"] = string.Join(", ", _zones.Select(z => Words.Sortable(z.LocalAt(_at)))),
            ["zone"] = string.Join(", ", _zones.Select(z => z.Id)),
            ["zone_source"] = _source,
            ["hours"] = _text,
        };
}
