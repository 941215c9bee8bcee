using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>What a frequency rule counts.</summary>
/// <param name="Channels">Attempts on these.</param>
/// <param name="Statuses">Attempts that got this far.</param>
/// <param name="OnlyAfterConversation">Counting starts after the first telephone conversation, which is not counted.</param>
internal readonly record struct FrequencyCount(
    ChannelSet Channels,
    StatusSet Statuses,
    bool OnlyAfterConversation = false
);

/// <summary><c>frequency</c>: at most so many outbound contacts in a period, e.g. 7 calls in 7 days (12 CFR 1006.14(b)(2)(i)(A)).</summary>
internal sealed class FrequencyRule(
    RuleHead head,
    ChannelSet channels,
    FrequencyCount what,
    int max,
    CountingPeriod period,
    bool perDebt,
    bool consentExempt = false
)
    : CountingRule(
        head,
        channels,
        Traits.Outbound(what.Channels, what.Statuses),
        max,
        period,
        perDebt,
        consentExempt
    )
{
    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new FrequencyRule(
            head,
            condition.Channels("channels"),
            new FrequencyCount(
                condition.Channels("count_channels"),
                condition.Statuses("count_statuses"),
                condition.Flag("only_after_conversation")
            ),
            condition.Whole("max", least: 0),
            condition.Period("period"),
            condition.PerDebt("per"),
            condition.Flag("consent_exempt")
        );

    /// <inheritdoc/>
    protected override bool CountsFromStart => !what.OnlyAfterConversation;

    /// <inheritdoc/>
    protected override bool Spares(GateCase subject, AttemptTable table, int attempt, int bucket)
    {
        if (!ConsentExempt || subject.Facts.PriorConsents.Count == 0)
        {
            return false;
        }
        var contact = table.History[attempt];
        if (PerDebt || contact.Debts.Count == 0)
        {
            return PriorConsents.Covered(subject, contact, PerDebt ? table.Debt(bucket) : null);
        }
        foreach (var debt in contact.Debts)
        {
            if (!PriorConsents.Covered(subject, contact, debt))
            {
                return false;
            }
        }
        return true;
    }

    /// <inheritdoc/>
    protected override long CountsAfter(AttemptTable table, int bucket, long utc)
    {
        if (!what.OnlyAfterConversation)
        {
            return long.MinValue;
        }
        var first = Never;
        var attempts = table.Attempts;
        for (var i = 0; i < attempts.Length; i++)
        {
            if (
                attempts[i].Is(Traits.Conversations)
                && attempts[i].SamePerson
                && attempts[i].At <= utc
                && (!PerDebt || table.IsAbout(i, bucket))
            )
            {
                first = Math.Min(first, attempts[i].At);
            }
        }
        return first;
    }

    /// <inheritdoc/>
    protected override Evidence Tell(in Counted counted) =>
        new Seen(
            !counted.Limited || counted.Count < Max,
            this,
            counted.Count,
            counted.Limited,
            PerDebt ? counted.Table.Debt(counted.Bucket) : null,
            counted.Table.Zone
        );

    private sealed class Seen(
        bool holds,
        FrequencyRule rule,
        int count,
        bool limited,
        string? debt,
        LocalZone? zone
    ) : Evidence(holds)
    {
        internal override string Explain(DateTime? next)
        {
            if (!limited)
            {
                return "Placed with prior consent, so it is neither counted nor limited";
            }
            var about = rule.PerDebt ? " about this invoice" : "";
            var sentence = $"{count} of {rule.Max} {rule.Counts}{about} {rule.Period}";
            return (Holds, next) switch
            {
                (true, _) => sentence,
                (false, { } instant) =>
                    $"{sentence}; the next is possible on {Words.Day(instant, zone)}",
                _ => $"{sentence}; no later time is possible",
            };
        }

        internal override IReadOnlyDictionary<string, string> Facts()
        {
            var facts = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["count"] = $"{count}",
                ["max"] = $"{rule.Max}",
                ["period"] = rule.Period.Fact,
                ["per"] = rule.PerDebt ? "debt" : "customer",
                ["prior_consent"] = limited ? "no" : "yes",
            };
            if (debt is not null)
            {
                facts["debt"] = debt;
            }
            if (zone is not null && rule.Period.NeedsZone)
            {
                facts["zone"] = zone.Id;
            }
            return facts;
        }
    }

    private string Counts => what.Channels.Plural();
}
