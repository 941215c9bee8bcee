using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>
/// <c>conversation_cooldown</c>: no contact for some local days after a telephone conversation, whoever started it; its date
/// is day one (12 CFR 1006.14(b)(2)(i)(B)).
/// </summary>
internal sealed class ConversationCooldownRule(
    RuleHead head,
    ChannelSet channels,
    int days,
    bool perDebt,
    bool consentExempt
)
    : CountingRule(
        head,
        channels,
        Traits.Conversations,
        1,
        CountingPeriod.CalendarDays(days),
        perDebt,
        consentExempt
    )
{
    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new ConversationCooldownRule(
            head,
            condition.Channels("channels"),
            condition.Whole("days", least: 1),
            condition.PerDebt("per"),
            condition.Flag("consent_exempt")
        );

    /// <inheritdoc/>
    protected override Evidence Tell(in Counted counted) =>
        new Seen(
            counted.Count == 0,
            Period.Days,
            PerDebt,
            counted.Count == 0 ? null : new DateTime(counted.Latest),
            counted.Limited,
            counted.Case.Channel,
            counted.Table.Zone!
        );

    private sealed class Seen(
        bool holds,
        int days,
        bool perDebt,
        DateTime? conversation,
        bool limited,
        Channel channel,
        LocalZone zone
    ) : Evidence(holds)
    {
        internal override string Explain(DateTime? next)
        {
            if (!limited)
            {
                return "Placed with prior consent, so a recent conversation does not bar it";
            }
            var about = perDebt ? " about this invoice" : "";
            return conversation is { } at && next is { } instant
                ? $"No {Words.Noun(channel)} for {Words.Count(days, "day")} after the conversation{about} of "
                    + $"{Words.Date(zone.LocalAt(at))}; the next is possible on {Words.Day(instant, zone)}"
                : $"No conversation{about} in {Words.Count(days, "day")}";
        }

        internal override IReadOnlyDictionary<string, string> Facts()
        {
            var facts = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["days"] = $"{days}",
                ["per"] = perDebt ? "debt" : "customer",
                ["prior_consent"] = limited ? "no" : "yes",
                ["zone"] = zone.Id,
            };
            if (conversation is { } at)
            {
                facts["last_conversation_at"] = $"{Words.Sortable(at)}Z";
            }
            return facts;
        }
    }
}
