using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance.Kinds;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

public sealed partial class RuleSet
{
    /// <summary>
    /// These rules and a campaign's own limits (contracts.md, campaigns.config), which can only tighten them: findings
    /// <c>campaign_business_hours</c>, <c>campaign_max_daily_contacts</c>, <c>campaign_cooldown</c>.
    /// </summary>
    /// <param name="config">Null or without limits = the same rules.</param>
    /// <param name="campaignHistory">The campaign's own contact attempts.</param>
    public RuleSet With(CampaignConfig? config, IReadOnlyList<PastContact> campaignHistory)
    {
        GateRule[] limits = config is null ? [] : [.. CampaignLimits.Of(config, campaignHistory)];
        return limits.Length == 0 ? this : new RuleSet([.. All, .. limits]);
    }
}

/// <summary>A campaign's own limits as rules.</summary>
internal static class CampaignLimits
{
    private static readonly ulong Contacts = Traits.Outbound(ChannelSet.Any, StatusSet.Contacts);

    internal static IEnumerable<GateRule> Of(
        CampaignConfig config,
        IReadOnlyList<PastContact> history
    )
    {
        var zone = LocalZone.Find(config.Timezone);
        if (!string.IsNullOrEmpty(config.Timezone) && zone is null)
        {
            yield return new UnknownZoneRule(config.Timezone);
        }
        if (config.BusinessHours is { } hours)
        {
            yield return new BusinessHoursRule(hours, zone);
        }
        if (config.MaxDailyContacts is { } most)
        {
            yield return new DailyContactsRule(most, history, zone);
        }
        if (config.CooldownHours is > 0 and var cooldown)
        {
            yield return new CooldownRule(cooldown, history);
        }
    }

    private sealed class UnknownZoneRule(string name)
        : GateRule(RuleHead.BuiltIn("campaign_time_zone"), ChannelSet.Any)
    {
        internal override Evidence Look(GateCase subject) =>
            new PlainEvidence(
                holds: false,
                $"The campaign's time zone '{name}' is not known, so its limits cannot be checked",
                ("zone", name)
            );

        internal override long Earliest(GateCase subject, long utc) => Never;
    }

    // In the campaign's zone, or in every known one of the customer.
    private sealed class BusinessHoursRule(BusinessHours own, LocalZone? zone)
        : GateRule(RuleHead.BuiltIn("campaign_business_hours"), ChannelSet.Any)
    {
        private readonly WeekHours _hours = WeekHours.Daily(own.Start, own.End);
        private readonly string _text =
            $"the campaign's hours {own.Start:HH\\:mm}–{own.End:HH\\:mm}";
        private readonly LocalZone[] _zones = zone is null ? [] : [zone];

        internal override bool Recurs => true;

        internal override Evidence Look(GateCase subject) =>
            ZonesOf(subject) is { Length: > 0 } zones
                ? WindowEvidence.At(
                    _hours,
                    _text,
                    zones,
                    _zones.Length > 0 ? "campaign" : "customer",
                    subject
                )
                : new NoZoneEvidence(subject.Channel);

        internal override long Earliest(GateCase subject, long utc) =>
            ZonesOf(subject) is { Length: > 0 } zones ? _hours.Earliest(zones, utc) : Never;

        private LocalZone[] ZonesOf(GateCase subject) => _zones.Length > 0 ? _zones : subject.Zones;
    }

    private sealed class DailyContactsRule(
        int most,
        IReadOnlyList<PastContact> history,
        LocalZone? zone
    )
        : CountingRule(
            RuleHead.BuiltIn("campaign_max_daily_contacts"),
            ChannelSet.Any,
            Contacts,
            Math.Max(0, most),
            CountingPeriod.CalendarDays(1),
            perDebt: false,
            consentExempt: false
        )
    {
        protected override LocalZone? ZoneOf(GateCase subject) => zone ?? subject.Primary;

        protected override AttemptTable TableOf(GateCase subject) =>
            subject.Table(this, history, ZoneOf(subject));

        protected override Evidence Tell(in Counted counted) =>
            new DailyEvidence(counted.Count < Max, counted.Count, Max, counted.Table.Zone!);
    }

    private sealed class DailyEvidence(bool holds, int count, int max, LocalZone zone)
        : Evidence(holds)
    {
        internal override string Explain(DateTime? next) =>
            $"{count} of {max} contacts of this campaign today"
            + (
                Holds ? ""
                : next is { } instant ? $"; the next is possible on {Words.Day(instant, zone)}"
                : "; no later time is possible"
            );

        internal override IReadOnlyDictionary<string, string> Facts() =>
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["count"] = $"{count}",
                ["max"] = $"{max}",
                ["zone"] = zone.Id,
            };
    }

    private sealed class CooldownRule(double hours, IReadOnlyList<PastContact> history)
        : CountingRule(
            RuleHead.BuiltIn("campaign_cooldown"),
            ChannelSet.Any,
            Contacts,
            1,
            CountingPeriod.Rolling(TimeSpan.FromHours(hours)),
            perDebt: false,
            consentExempt: false
        )
    {
        protected override AttemptTable TableOf(GateCase subject) =>
            subject.Table(this, history, subject.Primary);

        protected override Evidence Tell(in Counted counted) =>
            new IntervalEvidence(
                counted.Count == 0,
                TimeSpan.FromHours(hours),
                counted.Count == 0 ? null : counted.Latest,
                counted.Case.At,
                counted.Case.Channel,
                counted.Case.Primary
            );
    }
}
