using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary><c>notice_hold</c>: no contact before the local date of the written notice + N; without a notice none at all (NRS 649.366).</summary>
internal sealed class NoticeHoldRule(RuleHead head, ChannelSet channels, int days)
    : GateRule(head, channels)
{
    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new NoticeHoldRule(head, condition.Channels("channels"), condition.Whole("days", least: 0));

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) =>
        subject.Primary is null
            ? new NoZoneEvidence(subject.Channel)
            : new Seen(
                Earliest(subject, subject.At) == subject.At,
                subject.Facts.NoticeSentOn,
                days,
                subject.Channel,
                subject.Primary
            );

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc) =>
        subject.Primary is { } zone && subject.Facts.NoticeSentOn is { } sent
            ? Math.Max(utc, zone.StartOfDay(sent.DayNumber + days))
            : Never;

    private sealed class Seen(
        bool holds,
        DateOnly? sent,
        int days,
        Contacts.Channel channel,
        LocalZone zone
    ) : Evidence(holds)
    {
        internal override string Explain(DateTime? next)
        {
            var noun = Words.Noun(channel);
            if (sent is not { } date)
            {
                return $"No {noun}: no written notice is on file, and contact starts {Words.Count(days, "day")} after it";
            }
            var notice = $"the notice of {Words.Date(date.ToDateTime(TimeOnly.MinValue))}";
            return Holds || next is not { } instant
                ? $"{Words.Count(days, "day")} have passed since {notice}"
                : $"No {noun} for {Words.Count(days, "day")} after {notice}; the first is possible on {Words.Day(instant, zone)}";
        }

        internal override IReadOnlyDictionary<string, string> Facts() =>
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["notice_sent_on"] = sent is { } date ? $"{date:yyyy-MM-dd}" : "never",
                ["days"] = $"{days}",
                ["zone"] = zone.Id,
            };
    }
}
