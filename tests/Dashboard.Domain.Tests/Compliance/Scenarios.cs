using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Domain.Tests.Compliance;

/// <summary>A random case.</summary>
internal sealed record Scenario(
    ContactFacts Facts,
    IReadOnlyList<ComplianceRule> Rules,
    ContactRequest Request
)
{
    internal GateDecision Evaluate(DateTime? at = null) =>
        ComplianceGate.Evaluate(
            Facts,
            RuleSet.Compile(Rules),
            at is { } instant ? Request with { At = instant } : Request
        );

    /// <inheritdoc/>
    public override string ToString() =>
        $"""
            request {Request.Channel} {Request.At:O} about {string.Join(',', Request.Debts)}
            zones {Facts.Timezone} {string.Join(
                ',',
                Facts.OtherTimezones
            )} preferred {Facts.PreferredWindow}
            rules {string.Join('\n', Rules.Select(r => $"{r.Action} {r.Condition}"))}
            history {string.Join(
                '\n',
                Facts.History.Select(h =>
                    $"{h.Channel} {h.At:O} {h.Status} {h.Inbound} {h.DurationSeconds} {string.Join(',', h.Debts)}"
                )
            )}
            opt-outs {string.Join('\n', Facts.OptOuts)}
            consents {string.Join('\n', Facts.PriorConsents)}
            {string.Join(
                '\n',
                Evaluate().Findings.Select(f =>
                    $"{f.Verdict} {f.Rule} {f.NextAllowedAt:O} {f.Explanation}"
                )
            )}
            """;
}

/// <summary>Makes random cases round the changes of the clock in spring and autumn 2026, in awkward zones.</summary>
internal static class Scenarios
{
    private static readonly DateTime Begin = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] CountingRules =
    [
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":2,"period":{"type":"calendar_days","days":3},"per":"debt","count_statuses":["sent","delivered","answered"],"consent_exempt":true}""",
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone","sms"],"max":3,"period":{"type":"calendar_days","days":7},"per":"customer","count_statuses":["sent","answered"],"only_after_conversation":true}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":3,"period":{"type":"rolling_hours","hours":50},"per":"debt","count_statuses":["sent","delivered","replied"]}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":2,"period":{"type":"calendar_week"},"per":"customer","count_statuses":["sent","delivered"]}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":4,"period":{"type":"calendar_month"},"per":"customer","count_statuses":["sent","delivered"],"consent_exempt":true}""",
        """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"debt","consent_exempt":true}""",
        """{"kind":"conversation_cooldown","channels":["any"],"days":3,"per":"customer"}""",
        """{"kind":"min_interval","channels":["any"],"count_channels":["any"],"minutes":90,"count_statuses":["sent","delivered"]}""",
    ];

    private static readonly string[] OtherRules =
    [
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""",
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"01:30","end":"02:45"},{"days":["sat"],"start":"23:50","end":"00:10"}]}""",
        """{"kind":"time_window","channels":["phone"],"windows":[{"days":["mon","wed"],"start":"22:00","end":"02:15"}],"closed_dates":["2026-03-09","2026-04-06"]}""",
        """{"kind":"channel_block","channels":["sms"]}""",
        """{"kind":"notice_hold","channels":["any"],"days":6}""",
        """{"kind":"consent_required","channels":["sms"],"max_age_days":10}""",
        """{"kind":"optout_confirmation","within_minutes":5}""",
        """{"kind":"respond_once"}""",
    ];

    internal static Gen<Scenario> Any => Make([.. CountingRules, .. OtherRules]);

    internal static Gen<Scenario> Counting => Make(CountingRules);

    internal static Gen<PastContact> Contact =>
        from channel in Gen.Elements(Enum.GetValues<Channel>())
        from minute in Gen.Choose(0, 60 * 24 * 60)
        from status in Gen.Elements(Enum.GetValues<ContactStatus>())
        from debts in Debts
        from duration in Gen.Elements<int?>(null, 0, 60)
        from inbound in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new PastContact(channel, Begin.AddMinutes(minute), status, debts, duration, inbound);

    private static Gen<string[]> Debts =>
        Gen.Elements<string[]>(["a"], ["b"], ["a", "b"], ["c"], []);

    private static Gen<string> Zone =>
        Gen.Elements(
            "America/New_York",
            "America/Los_Angeles",
            "Europe/London",
            "Asia/Kathmandu",
            "Pacific/Chatham",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "Africa/Cairo",
            "America/Santiago",
            "US/Eastern",
            "Africa/Casablanca"
        );

    private static Gen<Scenario> Make(string[] conditions) =>
        from facts in Facts
        from picked in Gen.SubListOf(conditions)
        from rules in Rules([.. picked])
        from channel in Gen.Elements(Enum.GetValues<Channel>())
        from second in Gen.Choose(0, 60 * 24 * 60 * 60)
        from debts in Debts
        from purpose in Gen.Elements<string?>(null, null, "optout_confirmation")
        select new Scenario(
            facts,
            rules,
            new ContactRequest(channel, Begin.AddSeconds(second), debts, purpose)
        );

    private static Gen<ComplianceRule[]> Rules(string[] conditions) =>
        from actions in Gen.ArrayOf(
            Gen.Frequency(
                (3, Gen.Constant(RuleAction.BlockContact)),
                (1, Gen.Elements(Enum.GetValues<RuleAction>()))
            ),
            conditions.Length
        )
        select conditions.Select((condition, i) => Rule(condition, actions[i], i)).ToArray();

    internal static ComplianceRule Rule(
        string condition,
        RuleAction action = RuleAction.BlockContact,
        int number = 1
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Name = $"Rule {number}",
            Action = action,
            Condition = JsonDocument.Parse(condition).RootElement,
        };

    private static Gen<ContactFacts> Facts =>
        from zone in Zone
        from others in Gen.Frequency(
            (3, Gen.Constant(Array.Empty<string>())),
            (1, Zone.Select(z => new[] { z }))
        )
        from history in Contact.ListOf().Select(list => list.Take(20).ToList())
        from optOuts in Gen.Frequency(
            (3, Gen.Constant(new List<OptOutFact>())),
            (1, OptOut.ListOf().Select(list => list.Take(3).ToList()))
        )
        from consents in Consent.ListOf().Select(list => list.Take(2).ToList())
        from preferred in Gen.Elements<PreferredWindow?>(
            null,
            null,
            new PreferredWindow(new(9, 0), new(12, 30)),
            new PreferredWindow(new(22, 0), new(2, 30), [DayOfWeek.Saturday])
        )
        from notice in Gen.Choose(0, 60)
        select new ContactFacts
        {
            Timezone = zone,
            OtherTimezones = others,
            History = history,
            OptOuts = optOuts,
            PriorConsents = consents,
            PreferredWindow = preferred,
            NoticeSentOn = DateOnly.FromDateTime(Begin.AddDays(notice)),
            Consents = [new ChannelConsent(Channel.Sms, Begin.AddDays(notice / 2.0))],
        };

    private static Gen<OptOutFact> OptOut =>
        from channel in Gen.Elements(Enum.GetValues<OptOutChannel>())
        from start in Gen.Choose(0, 60 * 24)
        from hours in Gen.Choose(0, 400)
        select new OptOutFact(
            channel,
            Begin.AddHours(start),
            hours < 40 ? null : Begin.AddHours(start + hours)
        );

    private static Gen<PriorConsent> Consent =>
        from channel in Gen.Elements(Enum.GetValues<Channel>())
        from debt in Gen.Elements<string?>("a", "b", null)
        from minute in Gen.Choose(0, 60 * 24 * 60)
        select new PriorConsent(channel, debt, Begin.AddMinutes(minute));
}
