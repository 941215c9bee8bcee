using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Tests.Compliance;

/// <summary>A rule as it is edited: faults, warnings, differences.</summary>
public sealed class RuleDraftTests
{
    private const string Hours =
        """{"kind":"time_window","channels":["phone"],"windows":[{"start":"09:00","end":"18:00"}]}""";

    private static readonly DateOnly Today = new(2026, 6, 3);

    [Fact]
    public void A_good_draft_has_no_fault()
    {
        Assert.Empty(Draft(Hours).Faults(["Another"]));
        Assert.Empty((Draft(Hours) with { RuleType = "" }).Faults([]));
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_field()
    {
        var draft = Draft(
            """{"kind":"time_window","channels":["fax"],"windows":[{"start":"9","end":"18:00"},{"start":"10:00","end":"10:00"}]}"""
        ) with
        {
            Name = " Hours ",
            RuleType = "hold",
            Action = (RuleAction)9,
            Severity = (RuleSeverity)9,
            Description = new string('x', 5_000),
            Citation = new string('x', 501),
        };

        Assert.Equal(
            [
                "name",
                "description",
                "citation",
                "action",
                "severity",
                "rule_type",
                "condition.windows[0].start",
                "condition.windows[1]",
                "condition.channels",
            ],
            draft.Faults(["hours"]).Select(f => f.Field)
        );
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("   ", "name")]
    public void A_rule_needs_a_name(string name, string field) =>
        Assert.Equal(field, Assert.Single((Draft(Hours) with { Name = name }).Faults([])).Field);

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        Assert.Empty((Draft(Hours) with { Name = new string('n', 100) }).Faults([]));
        var fault = Assert.Single((Draft(Hours) with { Name = new string('n', 101) }).Faults([]));
        Assert.Equal("name", fault.Field);
    }

    [Fact]
    public void A_draft_without_a_condition_says_so()
    {
        var fault = Assert.Single(new RuleDraft { Name = "Empty" }.Faults([]));
        Assert.Equal("condition", fault.Field);
    }

    [Fact]
    public void What_the_database_cannot_hold_is_taken_out_or_refused()
    {
        Assert.Equal("Hours", (Draft(Hours) with { Name = "Ho\0urs" }).Tidy().Name);
        var fault = Assert.Single(Draft("""{"kind":"respond_once","note":"\u0000"}""").Faults([]));
        Assert.Equal("condition", fault.Field);
    }

    [Theory]
    [InlineData(true, true, RuleState.Shadow)]
    [InlineData(false, true, RuleState.Shadow)]
    [InlineData(true, false, RuleState.On)]
    [InlineData(false, false, RuleState.Off)]
    public void Shadow_wins_over_on(bool enabled, bool shadow, RuleState state)
    {
        var draft = Draft(Hours) with { IsEnabled = enabled, IsShadow = shadow };
        Assert.Equal(state, draft.State);
        Assert.Equal(state == RuleState.On, draft.Tidy().IsEnabled);
        Assert.Equal(state, (Draft(Hours) with { State = state }).State);
    }

    [Fact]
    public void A_draft_survives_json()
    {
        var draft = Draft(Hours) with
        {
            RuleId = Guid.CreateVersion7(),
            BasedOn = new DateTime(2026, 6, 3, 1, 2, 3, 456, 789, DateTimeKind.Utc),
        };
        var back = JsonShape.Read<RuleDraft>(JsonShape.Write(draft));

        Assert.Equal(draft.BasedOn, back.BasedOn);
        Assert.True(JsonElement.DeepEquals(draft.Condition, back.Condition));
        Assert.Equal(draft with { Condition = default }, back with { Condition = default });
    }

    [Fact]
    public void Differences_are_told_field_by_field_in_words()
    {
        var before = Draft(
            """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":7,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent"],"consent_exempt":true}"""
        );
        var after = Draft(
            """{"kind":"frequency","channels":["phone"],"count_channels":["phone","sms"],"max":5,"period":{"type":"rolling_hours","hours":48},"per":"debt","count_statuses":["sent"]}"""
        ) with
        {
            Action = RuleAction.RequireApproval,
            IsShadow = true,
            Citation = "12 CFR 1006.14",
        };

        var diff = RuleDiff.Between(before, after);

        Assert.Equal(
            [
                ("state", "on", "shadow"),
                ("action", "block contact", "require approval"),
                ("citation", null, "12 CFR 1006.14"),
                ("condition.count_channels", "phone", "phone, sms"),
                ("condition.max", "7", "5"),
                ("condition.period.type", "calendar_days", "rolling_hours"),
                ("condition.period.hours", null, "48"),
                ("condition.period.days", "7", null),
                ("condition.consent_exempt", "yes", null),
            ],
            diff.Changes.Select(c => (c.Field, c.Before, c.After))
        );
        Assert.StartsWith("At most 7 calls", diff.SentenceBefore, StringComparison.Ordinal);
        Assert.StartsWith(
            "At most 5 calls and SMS about",
            diff.SentenceAfter,
            StringComparison.Ordinal
        );
        Assert.Empty(RuleDiff.Between(after, after).Changes);
    }

    [Fact]
    public void Hours_are_compared_in_words_and_a_rule_that_is_gone_has_no_after()
    {
        var wider = Draft(
            """{"kind":"time_window","channels":["phone"],"windows":[{"days":["mon","tue","wed"],"start":"08:00","end":"18:00"}]}"""
        );

        var change = Assert.Single(RuleDiff.Between(Draft(Hours), wider).Changes);
        Assert.Equal(
            ("Hours", "every day 09:00–18:00", "Monday to Wednesday 08:00–18:00"),
            (change.Label, change.Before, change.After)
        );
        var gone = RuleDiff.Between(wider, null);
        Assert.Null(gone.SentenceAfter);
        Assert.All(gone.Changes, c => Assert.Null(c.After));
    }

    [Theory]
    [InlineData(Hours, RuleAction.BlockContact, "duplicate,looser")]
    [InlineData(
        """{"kind":"time_window","channels":["phone"],"windows":[{"start":"08:00","end":"21:00"}]}""",
        RuleAction.BlockContact,
        "looser"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""",
        RuleAction.BlockContact,
        ""
    )]
    [InlineData(
        """{"kind":"time_window","channels":["phone"],"windows":[{"start":"18:00","end":"09:00"}]}""",
        RuleAction.BlockContact,
        "never_open"
    )]
    [InlineData(
        """{"kind":"time_window","channels":["phone"],"windows":[{"start":"17:59","end":"09:00"}]}""",
        RuleAction.BlockContact,
        ""
    )]
    [InlineData(
        """{"kind":"time_window","channels":["sms"],"windows":[{"start":"08:00","end":"09:00"}],"closed_dates":["2026-06-02"]}""",
        RuleAction.BlockContact,
        "closed_dates_over"
    )]
    [InlineData(
        """{"kind":"frequency","channels":["sms"],"count_channels":["sms"],"max":0,"period":{"type":"calendar_week"},"per":"debt","count_statuses":["sent"]}""",
        RuleAction.BlockContact,
        "channel_closed"
    )]
    [InlineData(
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":8,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","answered"]}""",
        RuleAction.BlockContact,
        "looser"
    )]
    [InlineData(
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":8,"period":{"type":"calendar_days","days":8},"per":"debt","count_statuses":["sent","answered"]}""",
        RuleAction.BlockContact,
        ""
    )]
    [InlineData(
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":8,"period":{"type":"calendar_days","days":7},"per":"customer","count_statuses":["sent"]}""",
        RuleAction.BlockContact,
        ""
    )]
    [InlineData("""{"kind":"respond_once"}""", RuleAction.LogWarning, "action_unused")]
    [InlineData("""{"kind":"frequency"}""", RuleAction.BlockContact, "")]
    public void Warnings_see_the_other_rules(string condition, RuleAction action, string codes)
    {
        ComplianceRule[] others =
        [
            Scenarios.Rule(Hours),
            Scenarios.Rule(
                """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":7,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","answered"]}"""
            ),
            Scenarios.Rule("""{"kind":"broken"}"""),
        ];
        var off = Scenarios.Rule("""{"kind":"channel_block","channels":["any"]}""");
        off.IsEnabled = false;

        var warnings = RuleWarnings.Of(
            Draft(condition) with
            {
                Action = action,
            },
            [.. others, off],
            Today
        );

        Assert.Equal(codes, string.Join(",", warnings.Select(w => w.Code)));
    }

    [Fact]
    public void A_rule_is_not_compared_with_itself()
    {
        var rule = Scenarios.Rule(Hours);
        Assert.Empty(RuleWarnings.Of(RuleDraft.From(rule), [rule], Today));
    }

    private static RuleDraft Draft(string condition) =>
        new RuleDraft
        {
            Name = "Hours",
            Condition = JsonSerializer.Deserialize<JsonElement>(condition),
        }.Tidy();
}
