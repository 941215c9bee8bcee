using System.Text.Json;
using Dashboard.Data.Compliance.Backtest;
using Dashboard.Data.Customers;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Backtest;

/// <summary>A past made by hand, where the answer is known for each kind of change.</summary>
public sealed class BacktestTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private const string NineToFive =
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"09:00","end":"17:00"}]}""";

    [Fact]
    public async Task Contacts_over_the_limit_would_have_waited_and_do_not_count_against_later_ones()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        foreach (var hour in new[] { 0, 1, 2, 3, 24.5 })
        {
            world.Contact(hour);
        }

        var report = await world.RunAsync(PastWorld.Draft(PastWorld.Daily(2)));

        // Of the last one's 24 hours only one contact is left; with those that were stopped there would be three.
        Assert.Equal((5, 2, 2), (report.Total.Contacts, report.Total.Later, report.Total.Changed));
        Assert.Equal(21.5, report.MedianWaitHours);
        var money = Assert.Single(report.Total.Money);
        Assert.Equal(("USD", 120m, 1), (money.Currency, money.Amount, money.Invoices));
        var channel = Assert.Single(report.Channels);
        Assert.Equal(("phone", 5, 2), (channel.Name, channel.Contacts, channel.Stopped));
        var campaign = Assert.Single(report.Campaigns);
        Assert.Equal(
            ("Friendly chase", 2, 120m),
            (campaign.Name, campaign.Stopped, campaign.Money[0].Amount)
        );
        Assert.Null(report.OtherCampaigns);
    }

    [Fact]
    public async Task An_example_tells_the_rules_sentence_and_the_customers_time()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var contact = world.Contact(9.5, Channel.Email, ContactStatus.Opened);

        var report = await world.RunAsync(PastWorld.Draft(NineToFive));

        var example = Assert.Single(report.Examples);
        Assert.Equal(
            (
                BacktestChange.Later,
                world.Customer.Id,
                world.Customer.CompanyName,
                contact.Id,
                "opened"
            ),
            (
                example.Change,
                example.CustomerId,
                example.Customer,
                example.AttemptId!.Value,
                example.Happened
            )
        );
        Assert.Equal("America/New_York", example.Timezone);
        Assert.Contains("09:00 on Tue 2 Jun 2026", example.Explanation, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2026, 6, 2, 13, 0, 0, DateTimeKind.Utc), example.NextAllowedAt);
    }

    [Theory]
    [InlineData(RuleAction.BlockContact, BacktestChange.ForGood)]
    [InlineData(RuleAction.RequireApproval, BacktestChange.ToApproval)]
    [InlineData(RuleAction.Escalate, BacktestChange.Escalated)]
    [InlineData(RuleAction.LogWarning, BacktestChange.Warned)]
    public async Task Each_action_is_told_apart(RuleAction action, BacktestChange change)
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        world.Contact(0, Channel.Sms);
        world.Contact(1, Channel.Email);

        var report = await world.RunAsync(
            PastWorld.Draft("""{"kind":"channel_block","channels":["sms"]}""", action)
        );

        Assert.Equal((2, 1), (report.Total.Contacts, report.Total.Changed));
        Assert.Equal(change, Assert.Single(report.Examples).Change);
        Assert.Equal(change == BacktestChange.Warned ? 0 : 1, report.Total.Money.Count);
    }

    [Fact]
    public async Task What_needs_approval_counts_as_approved()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        foreach (var hour in new[] { 0, 1, 2, 3 })
        {
            world.Contact(hour);
        }

        var report = await world.RunAsync(
            PastWorld.Draft(PastWorld.Daily(1), RuleAction.RequireApproval)
        );

        Assert.Equal((3, 3), (report.Total.ToApproval, report.Total.Stopped));
    }

    [Fact]
    public async Task A_refusal_that_the_draft_lets_through_takes_the_place_of_the_later_contact()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var (rule, other) = (PastWorld.Rule(PastWorld.Daily(1)), Some.Rule());
        world.Add(rule);
        world.Add(other);
        world.Contact(0);
        var task = world.Task();
        world.Refusal(1, task, Channel.Phone, PastWorld.Blocked(rule));
        world.Refusal(2, task, Channel.Phone, PastWorld.Blocked(rule));
        // There is room for one more only; and what another rule refuses stays refused.
        world.Refusal(3, null, Channel.Phone, PastWorld.Blocked(rule));
        world.Refusal(25.5, null, Channel.Phone, PastWorld.Blocked(rule), PastWorld.Blocked(other));
        world.Contact(24.5, task: task);

        var report = await world.RunAsync(PastWorld.Draft(PastWorld.Daily(2), changes: rule));

        Assert.Equal((2, 4), (report.Total.Contacts, report.Total.Refusals));
        Assert.Equal((1, 1), (report.Total.Allowed, report.Total.Changed));
        Assert.Equal(120m, Assert.Single(report.Total.MoneyAllowed).Amount);
        var example = Assert.Single(report.Examples);
        Assert.Equal((task.Id, "blocked"), (example.TaskId, example.Happened));
        Assert.StartsWith("blocked: 1 of 1 calls", example.Before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_rule_in_shadow_said_of_a_refusal_stops_nothing()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var rule = PastWorld.Rule(PastWorld.Daily(1));
        world.Add(rule);
        world.Contact(0);
        var refusal = world.Refusal(1, null, Channel.Phone, PastWorld.Blocked(rule));
        var shadow = PastWorld.Json(
            """{"rule_id":"0197b4c8-5a3e-7d11-9c1f-0a4be2d0f5aa","rule":"Tried","verdict":"blocked","shadow":true}"""
        );
        refusal.Findings = JsonSerializer.SerializeToElement(
            refusal.Findings.EnumerateArray().Append(shadow).ToArray()
        );

        var report = await world.RunAsync(PastWorld.Draft(PastWorld.Daily(2), changes: rule));

        Assert.Equal(1, report.Total.Allowed);
    }

    [Fact]
    public async Task A_refusal_can_become_one_of_another_kind()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var rule = PastWorld.Rule(PastWorld.Daily(1));
        world.Add(rule);
        world.Contact(0);
        world.Refusal(1, null, Channel.Phone, PastWorld.Blocked(rule));

        var report = await world.RunAsync(
            PastWorld.Draft(PastWorld.Daily(1), RuleAction.RequireApproval, rule)
        );

        Assert.Equal((1, 0), (report.Total.RefusedOtherwise, report.Total.Allowed));
    }

    [Fact]
    public async Task A_changed_rule_is_compared_with_its_version_of_then()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var rule = PastWorld.Rule(PastWorld.Daily(3));
        world.Add(rule);
        // Three a day while three were allowed, and two a day while it was two.
        foreach (var hour in new[] { 0, 1, 2, 240, 241 })
        {
            world.Contact(hour);
        }

        await world.SaveAsync();
        await fixture.Database.DataSource.ExecuteAsync(
            $"UPDATE compliance_rules SET condition = '{PastWorld.Daily(2)}'"
        );
        await fixture.Database.DataSource.ExecuteAsync(
            """
            UPDATE ops.rule_versions SET valid_from = '2026-05-01', valid_to = '2026-06-06' WHERE number = 1;
            UPDATE ops.rule_versions SET valid_from = '2026-06-06' WHERE number = 2
            """
        );

        var two = await world.RunAsync(PastWorld.Draft(PastWorld.Daily(2), changes: rule));
        var one = await world.RunAsync(PastWorld.Draft(PastWorld.Daily(1), changes: rule));

        Assert.Equal((1, 2), (two.Total.Later, two.ComparedVersions));
        Assert.Equal((3, null), (one.Total.Later, one.VersionsSince));
    }

    [Fact]
    public async Task An_unchanged_rule_changes_nothing_and_a_rule_switched_off_lets_its_refusals_through()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var rule = PastWorld.Rule(PastWorld.Daily(1));
        world.Add(rule);
        world.Contact(0);
        world.Contact(1);
        world.Refusal(2, null, Channel.Phone, PastWorld.Blocked(rule));
        var draft = PastWorld.Draft(PastWorld.Daily(1), changes: rule);

        var same = await world.RunAsync(draft);
        var off = await world.RunAsync(draft with { IsEnabled = false });
        var shadow = await world.RunAsync(draft with { IsEnabled = false, IsShadow = true });

        Assert.Equal((0, false), (same.Total.Changed, same.JudgedAsOff));
        Assert.Equal((1, 1, true), (off.Total.Allowed, off.Total.Changed, off.JudgedAsOff));
        Assert.Equal((0, false), (shadow.Total.Changed, shadow.JudgedAsOff));
    }

    [Fact]
    public async Task Only_the_period_is_told_but_what_came_before_it_counts()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        world.Contact(-2);
        world.Contact(-1);
        world.Contact(1);
        world.Contact(24 * 31);

        var report = await world.RunAsync(PastWorld.Draft(PastWorld.Daily(2)));

        Assert.Equal((1, 1), (report.Total.Contacts, report.Total.Later));
    }

    [Fact]
    public async Task The_customers_zone_is_the_one_of_then()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        world.Contact(-0.5, Channel.Email); // 09:30 in New York
        await world.SaveAsync();
        await fixture.Database.DataSource.ExecuteAsync(
            "UPDATE customer_profiles SET timezone = 'America/Los_Angeles'"
        );

        var moved = await world.RunAsync(PastWorld.Draft(NineToFive), fromHours: -1);
        await fixture.Database.DataSource.ExecuteAsync(
            "UPDATE ops.contact_fact_history SET changed_at = '2026-05-31'"
        );
        var before = await world.RunAsync(PastWorld.Draft(NineToFive), fromHours: -1);

        Assert.Equal((1, 0), (moved.Total.Contacts, moved.Total.Changed));
        Assert.Equal(1, before.Total.Later);
    }

    [Fact]
    public async Task A_consent_holds_until_it_was_revoked()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        world.Add(
            new Consent
            {
                Id = Guid.CreateVersion7(),
                CustomerId = world.Customer.Id,
                Kind = ConsentKind.Channel,
                Channel = Channel.Sms,
                GivenAt = PastWorld.Start.AddHours(2),
                Source = "call",
                RevokedAt = PastWorld.Start.AddHours(4),
            }
        );
        foreach (var hour in new[] { 1, 3, 5 })
        {
            world.Contact(hour, Channel.Sms);
        }

        var report = await world.RunAsync(
            PastWorld.Draft("""{"kind":"consent_required","channels":["sms"]}""")
        );

        // The first one only had to wait for it; after the third nothing comes by itself.
        Assert.Equal((1, 1), (report.Total.Later, report.Total.ForGood));
    }

    [Fact]
    public async Task A_conversation_that_the_customer_began_counts()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        world.Add(
            new Contacts.InboundContact
            {
                Id = Guid.CreateVersion7(),
                CustomerId = world.Customer.Id,
                Channel = Channel.Phone,
                Sender = "+12125550100",
                ReceivedAt = PastWorld.Start.AddHours(1),
                Duration = 60,
            }
        );
        world.Contact(0);
        world.Contact(48);

        var report = await world.RunAsync(
            PastWorld.Draft(
                """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"customer"}"""
            )
        );

        Assert.Equal(1, report.Total.Later);
    }

    [Fact]
    public async Task A_rule_that_lifts_opt_outs_is_heard_through_them()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var rule = PastWorld.Rule("""{"kind":"optout_confirmation","within_minutes":15}""");
        world.Add(rule);
        world.Add(
            Some.OptOut(
                world.Customer,
                o => (o.Channel, o.OptedOutAt) = (Domain.OptOuts.OptOutChannel.Sms, PastWorld.Start)
            )
        );
        world.Contact(
            0.2,
            Channel.Sms,
            with: a =>
                a.Metadata!.Clearance = PastWorld.Json(
                    """{"debts":[],"purpose":"optout_confirmation"}"""
                )
        );

        var report = await world.RunAsync(
            PastWorld.Draft("""{"kind":"optout_confirmation","within_minutes":5}""", changes: rule)
        );

        Assert.Equal((1, 1), (report.Total.ForGood, report.Total.Changed));
        Assert.Contains(
            "opted out",
            Assert.Single(report.Examples).Explanation,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_contact_of_no_named_invoice_stands_for_all_that_were_overdue()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        world.Add(Some.Invoice(world.Customer, i => (i.Amount, i.Currency) = (30m, "EUR")));
        world.Add(
            Some.Invoice(
                world.Customer,
                i =>
                    (i.Amount, i.PaidDate, i.Status) = (
                        7m,
                        new DateOnly(2026, 5, 30),
                        Domain.Payments.PaymentStatus.Paid
                    )
            )
        );
        world.Campaign.PaymentRecordId = null;
        world.Contact(0, Channel.Sms, with: a => a.Metadata!.Clearance = null);

        var report = await world.RunAsync(
            PastWorld.Draft("""{"kind":"channel_block","channels":["any"]}""")
        );

        Assert.Equal(
            [("USD", 120m), ("EUR", 30m)],
            report.Total.Money.Select(m => (m.Currency, m.Amount))
        );
    }

    [Fact]
    public async Task The_rest_of_many_campaigns_is_one_row()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        for (var i = 0; i < 12; i++)
        {
            world.AddCustomer(campaign: $"Campaign {i:00}");
            world.Contact(0);
            world.Contact(i == 11 ? 1 : 48);
        }

        var report = await world.RunAsync(PastWorld.Draft(PastWorld.Daily(1)));

        Assert.Equal(("Campaign 11", 1), (report.Campaigns[0].Name, report.Campaigns[0].Later));
        Assert.Equal((10, 4), (report.Campaigns.Count, report.OtherCampaigns!.Contacts));
    }

    [Fact]
    public async Task The_report_is_snake_case_json()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        world.Contact(0, Channel.Sms);

        var json = JsonShape.Write(
            await world.RunAsync(PastWorld.Draft("""{"kind":"channel_block","channels":["sms"]}"""))
        );

        Assert.Contains("\"for_good\":1", json, StringComparison.Ordinal);
        Assert.Contains("\"change\":\"for_good\"", json, StringComparison.Ordinal);
        Assert.Equal(1, JsonShape.Read<BacktestReport>(json).Total.ForGood);
    }

    [Fact]
    public async Task Bad_input_names_its_field()
    {
        using var world = await PastWorld.CreateAsync(fixture.Database);
        var start = PastWorld.Start;
        var good = PastWorld.Draft(PastWorld.Daily(1));
        var bad = PastWorld.Draft(PastWorld.Daily(-1));

        var fields = new List<string?>();
        foreach (
            var request in new BacktestRequest[]
            {
                new(bad, start, start.AddDays(1)),
                new(good, start, start),
                new(good, start, start.AddDays(2000)),
                new(good, start, start.AddDays(1), 51),
            }
        )
        {
            fields.Add(
                (await world.Runner.RunAsync(request, null, TestContext.Current.CancellationToken))
                    .Error
                    ?.Field
            );
        }

        Assert.Equal(["condition.max", "to", "from", "examples_per_change"], fields);
    }
}
