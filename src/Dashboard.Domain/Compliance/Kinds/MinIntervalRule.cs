using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary><c>min_interval</c>: some minutes between two outbound contacts; exactly that many are enough.</summary>
internal sealed class MinIntervalRule(
    RuleHead head,
    ChannelSet channels,
    ChannelSet counts,
    StatusSet statuses,
    TimeSpan interval,
    bool perDebt
)
    : CountingRule(
        head,
        channels,
        Traits.Outbound(counts, statuses),
        1,
        CountingPeriod.Rolling(interval),
        perDebt,
        false
    )
{
    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new MinIntervalRule(
            head,
            condition.Channels("channels"),
            condition.Channels("count_channels"),
            condition.Statuses("count_statuses"),
            TimeSpan.FromMinutes(condition.Number("minutes")),
            condition.Has("per") && condition.PerDebt("per")
        );

    /// <inheritdoc/>
    protected override Evidence Tell(in Counted counted) =>
        new IntervalEvidence(
            counted.Count == 0,
            interval,
            counted.Count == 0 ? null : counted.Latest,
            counted.Case.At,
            counted.Case.Channel,
            counted.Case.Primary
        );
}

/// <summary>How long ago the last contact was.</summary>
internal sealed class IntervalEvidence(
    bool holds,
    TimeSpan interval,
    long? last,
    long now,
    Contacts.Channel channel,
    LocalZone? zone
) : Evidence(holds)
{
    /// <inheritdoc/>
    internal override string Explain(DateTime? next)
    {
        var span =
            interval.TotalHours >= 2
                ? Words.Count(interval.TotalHours, "hour")
                : Words.Count(interval.TotalMinutes, "minute");
        return last is { } at && next is { } instant
            ? $"No {Words.Noun(channel)} within {span} of the last contact at "
                + $"{Words.Instant(new DateTime(at), zone)}; the next is possible at "
                + Words.Instant(instant, zone, new DateTime(now))
            : $"No contact in the {span} before";
    }

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Facts()
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["minutes"] = $"{interval.TotalMinutes:0.##}",
        };
        if (last is { } at)
        {
            facts["last_contact_at"] = $"{Words.Sortable(new DateTime(at))}Z";
        }
        return facts;
    }
}
