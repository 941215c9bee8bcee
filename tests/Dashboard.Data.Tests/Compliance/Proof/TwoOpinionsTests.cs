using System.Text.Json;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Proof;

/// <summary>
/// The gate and the second implementation, asked the same: awkward zones, the nights on which the clocks change, consents,
/// contacts the customer started, campaigns with limits. They share no code; where they differ one of them is wrong.
/// </summary>
public sealed class TwoOpinionsTests
{
    private const int Cases = 12_000;

    private static readonly string[] Zones =
    [
        "America/New_York",
        "America/Los_Angeles",
        "Europe/London",
        "Asia/Kathmandu",
        "Asia/Kolkata",
        "Pacific/Chatham",
        "Australia/Lord_Howe",
        "America/St_Johns",
        "Africa/Cairo",
        "America/Santiago",
        "US/Eastern",
        "Pacific/Kiritimati",
        "Africa/Casablanca",
        "Mars/Phobos",
        "UTC+5:30",
        "",
    ];

    private static readonly DateTime[] Nights =
    [
        new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc),
        new(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc),
        new(2026, 4, 4, 15, 0, 0, DateTimeKind.Utc),
        new(2026, 4, 23, 22, 0, 0, DateTimeKind.Utc),
        new(2026, 10, 3, 15, 30, 0, DateTimeKind.Utc),
        new(2026, 10, 25, 1, 0, 0, DateTimeKind.Utc),
        new(2026, 11, 1, 6, 0, 0, DateTimeKind.Utc),
        new(2026, 12, 31, 23, 0, 0, DateTimeKind.Utc),
    ];

    private static readonly string[] Conditions =
    [
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":2,"period":{"type":"calendar_days","days":3},"per":"debt","count_statuses":["sent","delivered","answered"],"consent_exempt":true}""",
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone","sms"],"max":3,"period":{"type":"calendar_days","days":7},"per":"customer","count_statuses":["sent","answered"],"only_after_conversation":true}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":1,"period":{"type":"calendar_days","days":2},"per":"debt","count_statuses":["sent","replied"],"only_after_conversation":true}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":3,"period":{"type":"rolling_hours","hours":50},"per":"debt","count_statuses":["sent","delivered","replied"]}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":2,"period":{"type":"calendar_week"},"per":"customer","count_statuses":["sent","delivered"]}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":4,"period":{"type":"calendar_month"},"per":"customer","count_statuses":["sent","delivered"],"consent_exempt":true}""",
        """{"kind":"frequency","channels":["sms"],"count_channels":["sms"],"max":0,"period":{"type":"calendar_days","days":7},"per":"customer","count_statuses":["sent"]}""",
        """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"debt","consent_exempt":true}""",
        """{"kind":"conversation_cooldown","channels":["any"],"days":3,"per":"customer"}""",
        """{"kind":"min_interval","channels":["any"],"count_channels":["any"],"minutes":90,"count_statuses":["sent","delivered"]}""",
        """{"kind":"min_interval","channels":["phone"],"count_channels":["phone"],"minutes":1440,"per":"debt","count_statuses":["sent","delivered","answered"]}""",
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""",
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}],"fallback_zones":["America/New_York","Pacific/Honolulu"]}""",
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"01:30","end":"02:45"},{"days":["sat"],"start":"23:50","end":"00:10"},{"start":"04:00","end":"24:00"}]}""",
        """{"kind":"time_window","channels":["phone"],"windows":[{"days":["mon","wed","sat","sun"],"start":"18:00","end":"09:15"}],"closed_dates":["2026-03-08","2026-03-29","2026-10-04","2026-11-01","2027-01-01"]}""",
        """{"kind":"channel_block","channels":["sms"]}""",
        """{"kind":"notice_hold","channels":["any"],"days":6}""",
        """{"kind":"consent_required","channels":["sms","phone"],"max_age_days":10}""",
        """{"kind":"consent_required","channels":["email"]}""",
        """{"kind":"preferred_window","channels":["phone"]}""",
        """{"kind":"optout_confirmation","within_minutes":5}""",
        """{"kind":"respond_once"}""",
        """{"kind":"teleport"}""",
        """{"kind":"time_window","channels":["fax"],"windows":[{"start":"08:00","end":"21:00"}]}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void They_agree_on_every_rule_of_thousands_of_cases(int seed)
    {
        var maker = new Maker(new Random(seed));
        var refused = 0;
        var byRule = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Cases / 3; i++)
        {
            var (facts, stored, request, limits) = maker.Case();
            var decision = ComplianceGate.Evaluate(
                facts,
                RuleSet
                    .Compile(stored)
                    .With(limits, [.. facts.History.Where((h, n) => !h.Inbound && n % 2 == 0)]),
                request
            );
            var breaches = Judge.Look(
                Translate(facts, request, limits),
                [
                    .. stored.Select(r =>
                        RuleBook.Read(r.Id, r.Name, r.UpdatedAt, r.Action, r.Condition)
                    ),
                ]
            );

            var gate = decision
                .Findings.Where(f =>
                    f.Verdict != GateVerdict.Allowed && f.Rule != "customer_time_zone"
                )
                .Select(f => $"{f.Rule}: {f.Verdict.ToText()}")
                .Order(StringComparer.Ordinal)
                .ToList();
            var second = breaches
                .Select(b => $"{b.Rule}: {ProofVectorTests.Verdict([b])}")
                .Order(StringComparer.Ordinal)
                .ToList();
            Assert.True(
                gate.SequenceEqual(second),
                $"seed {seed}, case {i}\ngate:   {string.Join(" | ", gate)}\nsecond: {string.Join(" | ", second)}\n"
                    + $"{request} {string.Join(',', request.Debts)}\n{string.Join(",", facts.OtherTimezones)} {facts}\n"
                    + string.Join('\n', stored.Select(r => $"{r.Name} {r.Action} {r.Condition}"))
                    + "\n"
                    + string.Join('\n', facts.History)
            );
            refused += breaches.Any(b => b.Effect != BreachEffect.Warned) ? 1 : 0;
            byRule.UnionWith(breaches.Select(b => b.Rule));
        }

        // Neither always yes nor always no, and every rule and built-in check has refused something.
        Assert.InRange(refused, Cases / 3 / 5, Cases / 3 * 19 / 20);
        Assert.Equal(Conditions.Length - 2 + 4 + 4, byRule.Count);
    }

    private static Moment Translate(
        ContactFacts facts,
        ContactRequest request,
        CampaignConfig? limits
    )
    {
        var campaign = Guid.CreateVersion7();
        var customer = new CustomerThen
        {
            Timezone = facts.Timezone,
            OtherTimezones = facts.OtherTimezones,
            DoNotContact = facts.DoNotContact,
            Restrictions = facts.ContactRestrictions,
            Preferred = facts.PreferredWindow is { } w
                ? new HoursThen(w.Start, w.End, w.Days)
                : null,
            OptOuts =
            [
                .. facts.OptOuts.Select(o => new OptOutThen(o.Channel, o.EffectiveAt, o.ExpiresAt)),
            ],
            FurtherCalls =
            [
                .. facts.PriorConsents.Select(c => new PriorConsentThen(
                    c.Channel,
                    c.Debt,
                    c.GivenAt
                )),
            ],
            ChannelConsents =
            [
                .. facts.Consents.Select(c => new ChannelConsentThen(c.Channel, c.LastConfirmedAt)),
            ],
            NoticeSentOn = facts.NoticeSentOn,
        };
        return new Moment
        {
            Channel = request.Channel,
            At = request.At,
            Debts = request.Debts,
            Purpose = request.Purpose,
            CampaignId = limits is null ? null : campaign,
            Limits = limits is null
                ? null
                : new LimitsThen(
                    limits.Timezone,
                    limits.BusinessHours?.Start,
                    limits.BusinessHours?.End,
                    limits.MaxDailyContacts,
                    limits.CooldownHours
                ),
            Customer = customer,
            Places = Moment.PlacesOf(customer),
            Past =
            [
                .. facts
                    .History.Select(
                        (h, n) =>
                            new OnRecord(
                                h.Channel,
                                h.At,
                                h.Status,
                                h.Debts,
                                h.DurationSeconds,
                                h.Inbound,
                                h.Person,
                                n % 2 == 0 ? campaign : null
                            )
                    )
                    .Where(h => h.At <= request.At),
            ],
        };
    }

    /// <summary>Makes cases from a seed.</summary>
    private sealed class Maker(Random random)
    {
        private static readonly string[][] DebtSets =
        [
            ["a"],
            ["b"],
            ["a", "b"],
            ["c"],
            [],
        ];

        public (ContactFacts, List<ComplianceRule>, ContactRequest, CampaignConfig?) Case()
        {
            var night = Pick(Nights);
            var at = night.AddMinutes(random.Next(-600, 1200));
            // Half of the cases sit on a full quarter of an hour, where windows begin and end.
            at = random.Next(2) == 0 ? at : at.AddSeconds(random.Next(-30, 30));
            var rules = Conditions
                .Where(c =>
                    random.Next(
                        c.Contains("teleport", StringComparison.Ordinal)
                        || c.Contains("fax", StringComparison.Ordinal)
                            ? 60
                            : 6
                    ) == 0
                )
                .Select(Rule)
                .ToList();
            var facts = new ContactFacts
            {
                Timezone = random.Next(4) == 0 ? Pick(Zones) : Zones[random.Next(13)],
                OtherTimezones = random.Next(4) == 0 ? [Pick(Zones), Pick(Zones)] : [],
                DoNotContact = random.Next(25) == 0,
                ContactRestrictions =
                    random.Next(12) == 0
                        ? [Pick<string>(["sms", " Voice", "e-mail", "fax", "all"])]
                        : [],
                PreferredWindow = random.Next(5) == 0 ? Window() : null,
                OptOuts = random.Next(3) == 0 ? [OptOut(at), OptOut(at)] : [],
                PriorConsents = Several(3, () => Consent(at)),
                Consents = Several(
                    3,
                    () => new ChannelConsent(Any<Channel>(), at.AddHours(-random.Next(0, 280)))
                ),
                NoticeSentOn =
                    random.Next(2) == 0
                        ? DateOnly.FromDateTime(at).AddDays(-random.Next(4, 9))
                        : null,
                History = Several(12, () => Contact(at)),
            };
            var request = new ContactRequest(
                Any<Channel>(),
                at,
                Pick(DebtSets),
                random.Next(4) == 0 ? "optout_confirmation" : null
            );
            return (facts, rules, request, random.Next(4) == 0 ? Limits() : null);
        }

        private static ComplianceRule NewRule(string condition, RuleAction action) =>
            new()
            {
                Id = Guid.CreateVersion7(),
                Name = $"{Array.IndexOf(Conditions, condition):00}",
                Condition = JsonSerializer.Deserialize<JsonElement>(condition),
                Action = action,
                IsEnabled = true,
            };

        private ComplianceRule Rule(string condition) =>
            NewRule(condition, random.Next(3) == 0 ? Any<RuleAction>() : RuleAction.BlockContact);

        private PreferredWindow Window() =>
            new(
                new TimeOnly(random.Next(24), Pick<int>([0, 30])),
                new TimeOnly(random.Next(24), Pick<int>([0, 30])),
                random.Next(2) == 0 ? null : [Any<DayOfWeek>(), Any<DayOfWeek>(), Any<DayOfWeek>()]
            );

        private OptOutFact OptOut(DateTime at)
        {
            var from = at.AddMinutes(-random.Next(-2, random.Next(2) == 0 ? 8 : 3000));
            return new OptOutFact(
                Any<OptOutChannel>(),
                from,
                random.Next(2) == 0 ? null : from.AddMinutes(random.Next(0, 4000))
            );
        }

        private PriorConsent Consent(DateTime at) =>
            new(
                Any<Channel>(),
                Pick<string?>(["a", "b", null]),
                at.AddMinutes(-random.Next(0, 13_000))
            );

        private PastContact Contact(DateTime at) =>
            new(
                Any<Channel>(),
                // Some at the very instant, some exactly an interval before, some after it.
                random.Next(8) switch
                {
                    0 => at,
                    1 => at.AddMinutes(-90),
                    2 => at.AddHours(-50),
                    3 => at.AddMinutes(random.Next(1, 2000)),
                    4 => at.AddMinutes(-random.Next(0, 60 * 24 * 35)),
                    _ => at.AddMinutes(-random.Next(0, 60 * 24 * 7)),
                },
                Any<ContactStatus>(),
                Pick(DebtSets),
                Pick<int?>([null, 0, 60]),
                random.Next(5) == 0,
                random.Next(10) == 0 ? "guarantor" : null
            );

        private CampaignConfig Limits() =>
            new()
            {
                Timezone = random.Next(3) switch
                {
                    0 => null,
                    1 => "Mars/Phobos",
                    _ => Zones[random.Next(13)],
                },
                BusinessHours =
                    random.Next(2) == 0
                        ? new BusinessHours { Start = new(9, 0), End = new(17, 30) }
                        : null,
                MaxDailyContacts = random.Next(2) == 0 ? random.Next(0, 3) : null,
                CooldownHours = random.Next(2) == 0 ? random.Next(0, 72) : null,
            };

        private T Any<T>()
            where T : struct, Enum => Pick(Enum.GetValues<T>());

        private T Pick<T>(T[] of) => of[random.Next(of.Length)];

        private T[] Several<T>(int most, Func<T> make) =>
            [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];
    }
}
