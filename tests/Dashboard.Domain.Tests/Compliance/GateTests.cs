using System.Globalization;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Tests.Compliance;

/// <summary>Edges that the public vectors leave open: broken rules, clock changes, campaign limits, words.</summary>
public sealed class GateTests
{
    private const string DayWindow =
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""";

    private static readonly ContactFacts NewYork = new() { Timezone = "America/New_York" };

    [Theory]
    [InlineData("""{"kind":"teleport"}""", "condition.kind")]
    [InlineData("""{}""", "condition.kind")]
    [InlineData("""[]""", "condition")]
    [InlineData("""{"kind":"channel_block","channels":["fax"]}""", "condition.channels")]
    [InlineData("""{"kind":"channel_block","channels":[]}""", "condition.channels")]
    [InlineData(
        """{"kind":"conversation_cooldown","channels":["any"],"days":0,"per":"debt"}""",
        "condition.days"
    )]
    [InlineData(
        """{"kind":"conversation_cooldown","channels":["any"],"days":7,"per":"house"}""",
        "condition.per"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"8","end":"21:00"}]}""",
        "condition.windows[0].start"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"08:00"}]}""",
        "condition.windows[0]"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["any"],"windows":[{"days":["funday"],"start":"08:00","end":"09:00"}]}""",
        "condition.windows[0].days"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}],"holidays":"CA-ON"}""",
        "condition.holidays"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}],"fallback_zones":["Mars/Phobos"]}""",
        "condition.fallback_zones"
    )]
    [InlineData(
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":1.5,"period":{"type":"fortnight"},"per":"debt","count_statuses":["sent"]}""",
        "condition.max"
    )]
    public void A_rule_that_cannot_be_read_blocks_everyone_and_names_its_field(
        string condition,
        string field
    )
    {
        var rule = Scenarios.Rule(condition, RuleAction.LogWarning);
        var rules = RuleSet.Compile([rule]);

        var decision = ComplianceGate.Evaluate(NewYork, rules, Request("2026-05-05T16:00Z"));

        Assert.Equal((GateVerdict.Blocked, null), (decision.Verdict, decision.NextAllowedAt));
        Assert.Equal("broken", decision.Binding?.Kind);
        Assert.Equal(field, RuleSet.Check(rule)[0].Field);
        Assert.Equal(rule.Id, Assert.Single(rules.Broken).RuleId);
    }

    [Fact]
    public void A_failure_inside_is_a_refusal()
    {
        var facts = NewYork with { History = [null!] };
        var rules = RuleSet.Compile([
            Scenarios.Rule(
                """{"kind":"conversation_cooldown","channels":["any"],"days":7,"per":"debt"}"""
            ),
        ]);

        var decision = ComplianceGate.Evaluate(facts, rules, Request("2026-05-05T16:00Z"));

        Assert.Equal(GateVerdict.Blocked, decision.Verdict);
        Assert.Equal("gate_failure", decision.Binding?.Rule);
    }

    [Fact]
    public void A_window_inside_the_hour_that_spring_skips_opens_a_day_later() =>
        AssertNext("02:15", "02:45", "2026-03-08T06:00Z", "2026-03-09T06:15Z");

    [Fact]
    public void A_window_that_spring_cuts_opens_at_the_jump() =>
        AssertNext("02:30", "03:30", "2026-03-08T06:00Z", "2026-03-08T07:00Z");

    [Fact]
    public void A_window_inside_the_hour_that_autumn_repeats_opens_twice() =>
        AssertNext("01:00", "01:30", "2026-11-01T05:30Z", "2026-11-01T06:00Z");

    [Fact]
    public void A_customer_without_a_zone_is_told_apart_from_a_closed_hour()
    {
        var decision = Evaluate(
            new ContactFacts { Timezone = "Mars/Phobos" },
            "2026-05-05T16:00Z",
            DayWindow
        );

        Assert.Equal((GateVerdict.Blocked, null), (decision.Verdict, decision.NextAllowedAt));
        Assert.Equal("customer_time_zone", decision.Binding?.Rule);
    }

    [Fact]
    public void Refusals_say_when_where_and_how_many()
    {
        var calls = Enumerable
            .Range(1, 7)
            .Select(day => Contact(Channel.Phone, $"2026-04-0{day}T16:00Z", ContactStatus.Sent));
        var facts = new ContactFacts { Timezone = "America/Denver", History = [.. calls] };
        const string Seven =
            """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":7,"period":{"type":"calendar_days","days":7},"per":"customer","count_statuses":["sent"]}""";

        var decision = Evaluate(facts, "2026-04-07T14:30Z", DayWindow, Seven);
        var late = Evaluate(facts, "2026-04-07T18:30Z", DayWindow, Seven);

        Assert.Equal(
            "08:30 in Denver (America/Denver) is inside 08:00–21:00",
            decision.Findings[^2].Explanation
        );
        Assert.Equal("6 of 7 calls in 7 days", decision.Findings[^1].Explanation);
        Assert.Equal(
            "7 of 7 calls in 7 days; the next is possible on Wed 8 Apr 2026 in Denver (America/Denver)",
            late.Binding?.Explanation
        );
        Assert.Equal(
            "No call before 08:00 in Denver (America/Denver)",
            Evaluate(facts, "2026-04-20T13:00Z", DayWindow).Binding?.Explanation
        );
    }

    [Fact]
    public void A_decision_survives_being_stored()
    {
        var decision = Evaluate(NewYork, "2026-05-05T03:00Z", DayWindow);

        var read = JsonShape.Read<GateDecision>(JsonShape.Write(decision));

        Assert.Equal(decision.Findings, read.Findings);
        Assert.Equal(decision.Findings[^1].Facts, read.Findings[^1].Facts);
        Assert.Equal(decision.NextAllowedAt, read.NextAllowedAt);
    }

    [Fact]
    public void Each_invoice_of_a_grouped_contact_needs_room_also_beyond_64_of_them()
    {
        string[] debts = [.. Enumerable.Range(0, 100).Select(i => $"debt-{i}")];
        const string OneADay =
            """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":1,"period":{"type":"calendar_days","days":1},"per":"debt","count_statuses":["sent"]}""";
        var request = new ContactRequest(Channel.Email, Utc("2026-05-05T16:00Z"), debts);

        GateVerdict About(string debt) =>
            ComplianceGate
                .Evaluate(
                    NewYork with
                    {
                        History =
                        [
                            Contact(Channel.Email, "2026-05-05T15:00Z", ContactStatus.Sent) with
                            {
                                Debts = [debt],
                            },
                        ],
                    },
                    RuleSet.Compile([Scenarios.Rule(OneADay)]),
                    request
                )
                .Verdict;

        Assert.Equal(GateVerdict.Blocked, About("debt-99"));
        Assert.Equal(GateVerdict.Allowed, About("debt-100"));
    }

    [Fact]
    public void A_consent_that_begins_later_opens_the_way_from_then_on()
    {
        var facts = NewYork with
        {
            History = [Contact(Channel.Phone, "2026-05-04T16:00Z", ContactStatus.Answered)],
            PriorConsents = [new PriorConsent(Channel.Phone, null, Utc("2026-05-07T15:00Z"))],
        };
        const string Cooldown =
            """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"customer","consent_exempt":true}""";

        var decision = Evaluate(facts, "2026-05-05T16:00Z", Cooldown);

        Assert.Equal(Utc("2026-05-07T15:00Z"), decision.NextAllowedAt);
    }

    [Fact]
    public void Contacts_with_another_person_are_not_counted()
    {
        var call = Contact(Channel.Phone, "2026-05-05T15:00Z", ContactStatus.Answered);
        const string Cooldown =
            """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"customer"}""";

        static GateVerdict After(PastContact contact) =>
            Evaluate(NewYork with { History = [contact] }, "2026-05-05T16:00Z", Cooldown).Verdict;

        Assert.Equal(GateVerdict.Blocked, After(call));
        Assert.Equal(GateVerdict.Allowed, After(call with { Person = "guarantor" }));
    }

    [Fact]
    public void A_campaigns_limits_only_tighten()
    {
        var config = new CampaignConfig
        {
            Timezone = "Europe/London",
            BusinessHours = new BusinessHours { Start = new(9, 0), End = new(17, 0) },
            MaxDailyContacts = 2,
            CooldownHours = 3,
        };
        PastContact[] history =
        [
            Contact(Channel.Email, "2026-05-05T09:00Z", ContactStatus.Sent),
            Contact(Channel.Sms, "2026-05-05T11:00Z", ContactStatus.Delivered),
        ];
        var rules = RuleSet.Compile([Scenarios.Rule(DayWindow)]).With(config, history);
        var facts = new ContactFacts { Timezone = "Europe/London" };

        var decision = ComplianceGate.Evaluate(facts, rules, Request("2026-05-05T12:00Z"));

        Assert.Equal(
            ["campaign_max_daily_contacts", "campaign_cooldown"],
            decision.Findings.Where(f => f.Verdict == GateVerdict.Blocked).Select(f => f.Rule)
        );
        Assert.Equal(Utc("2026-05-06T08:00Z"), decision.NextAllowedAt);
        Assert.Same(rules, rules.With(new CampaignConfig(), history));
    }

    private static void AssertNext(string start, string end, string at, string next)
    {
        var window =
            $$"""{"kind":"time_window","channels":["any"],"windows":[{"start":"{{start}}","end":"{{end}}"}]}""";

        Assert.Equal(Utc(next), Evaluate(NewYork, at, window).NextAllowedAt);
    }

    private static GateDecision Evaluate(
        ContactFacts facts,
        string at,
        params string[] conditions
    ) =>
        ComplianceGate.Evaluate(
            facts,
            RuleSet.Compile(conditions.Select((c, i) => Scenarios.Rule(c, number: i))),
            Request(at)
        );

    private static ContactRequest Request(string at) => new(Channel.Phone, Utc(at), []);

    private static PastContact Contact(Channel channel, string at, ContactStatus status) =>
        new(channel, Utc(at), status, []);

    private static DateTime Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
}
