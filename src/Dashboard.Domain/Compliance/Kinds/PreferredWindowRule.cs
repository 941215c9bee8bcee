using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>
/// <c>preferred_window</c>: contact only in the hours the customer asked for, in the primary zone (FCA CONC 7.9.4 R). Built in
/// as well: what a customer asked for binds whatever the rules say.
/// </summary>
internal sealed class PreferredWindowRule(RuleHead head, ChannelSet channels)
    : GateRule(head, channels)
{
    private static readonly PlainEvidence None = new(
        holds: true,
        "The customer asked for no particular hours"
    );

    /// <summary>Reads the condition; without channels it is about all of them.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new PreferredWindowRule(
            head,
            condition.Has("channels") ? condition.Channels("channels") : ChannelSet.Any
        );

    /// <inheritdoc/>
    internal override bool Recurs => true;

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject)
    {
        if (subject.Facts.PreferredWindow is not { } window)
        {
            return None;
        }
        return subject.Primary is { } zone
            ? WindowEvidence.At(
                Hours(window),
                $"the preferred hours {window.Start:HH\\:mm}–{window.End:HH\\:mm}",
                [zone],
                "customer",
                subject
            )
            : new NoZoneEvidence(subject.Channel);
    }

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc) =>
        subject.Facts.PreferredWindow is not { } window ? utc
        : subject.Primary is { } zone ? Hours(window).Earliest(zone, utc)
        : Never;

    private static WeekHours Hours(PreferredWindow window) =>
        WeekHours.Of(
            new DailyWindow(
                window.Days?.Aggregate(0, (bits, day) => bits | DailyWindow.Bit(day))
                    ?? DailyWindow.EveryDay,
                window.Start.Ticks,
                window.End.Ticks
            )
        );
}
