using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>A rule made ready for many evaluations. Pure: the same case gives the same answer.</summary>
internal abstract class GateRule(RuleHead head, ChannelSet channels)
{
    /// <summary>No later instant.</summary>
    internal const long Never = WeekHours.Never;

    /// <summary>Name, action, version.</summary>
    internal RuleHead Head { get; } = head;

    /// <summary>Requests on other channels are none of its business.</summary>
    internal ChannelSet Channels { get; } = channels;

    /// <summary>Its answer comes round with the week; otherwise it changes a finite number of times.</summary>
    internal virtual bool Recurs => false;

    /// <summary>What it sees at the instant of the request.</summary>
    internal abstract Evidence Look(GateCase subject);

    /// <summary>The first instant (UTC ticks) at or after <paramref name="utc"/> at which it holds if nothing else happens, or <see cref="Never"/>.</summary>
    internal abstract long Earliest(GateCase subject, long utc);
}
