using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>
/// <c>consent_required</c>: these channels need consent, last confirmed at most so many local days before
/// (12 CFR 1006.6(d)(5)(ii)).
/// </summary>
internal sealed class ConsentRequiredRule(RuleHead head, ChannelSet channels, int? maxAgeDays)
    : GateRule(head, channels)
{
    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new ConsentRequiredRule(
            head,
            condition.Channels("channels"),
            condition.Has("max_age_days") ? condition.Whole("max_age_days", least: 1) : null
        );

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) =>
        maxAgeDays is not null && subject.Primary is null
            ? new NoZoneEvidence(subject.Channel)
            : new Seen(
                Holds(subject, subject.At),
                subject.Channel,
                Latest(subject, subject.At),
                maxAgeDays,
                subject.Primary
            );

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc)
    {
        if (Holds(subject, utc))
        {
            return utc;
        }
        // A consent that is recorded for later is the only thing that time alone brings.
        var next = Never;
        foreach (var consent in subject.Facts.Consents)
        {
            var given = consent.LastConfirmedAt.Ticks;
            if (given > utc && given < next && consent.Channel == subject.Channel)
            {
                next = given;
            }
        }
        return next == Never || Holds(subject, next) ? next : Never;
    }

    private bool Holds(GateCase subject, long utc) =>
        Latest(subject, utc) is { } latest
        && (
            maxAgeDays is not { } days
            || (subject.Primary is { } zone && zone.DayAt(utc) - zone.DayAt(latest.Ticks) <= days)
        );

    private static DateTime? Latest(GateCase subject, long utc)
    {
        DateTime? latest = null;
        foreach (var consent in subject.Facts.Consents)
        {
            if (
                consent.Channel == subject.Channel
                && consent.LastConfirmedAt.Ticks <= utc
                && (latest is null || consent.LastConfirmedAt > latest)
            )
            {
                latest = consent.LastConfirmedAt;
            }
        }
        return latest;
    }

    private sealed class Seen(
        bool holds,
        Channel channel,
        DateTime? latest,
        int? maxAgeDays,
        LocalZone? zone
    ) : Evidence(holds)
    {
        internal override string Explain(DateTime? next)
        {
            if (latest is not { } at)
            {
                return $"No {Words.Noun(channel)}: no consent to {Words.Plural(channel)} is on file";
            }
            var confirmed =
                $"consent to {Words.Plural(channel)} was last confirmed on "
                + Words.Date(zone?.LocalAt(at) ?? at);
            return Holds
                ? $"The {confirmed}"
                : $"No {Words.Noun(channel)}: the {confirmed}, more than {Words.Count(maxAgeDays ?? 0, "day")} ago; it has to be renewed";
        }

        internal override IReadOnlyDictionary<string, string> Facts() =>
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["consent_confirmed_at"] = latest is { } at ? $"{Words.Sortable(at)}Z" : "never",
                ["max_age_days"] = maxAgeDays is { } days ? $"{days}" : "none",
            };
    }
}
