using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Compliance.Backtest;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Backtest;

/// <summary>What a rule in shadow would have done, out of its tallies and the clearances.</summary>
public sealed class ShadowReportTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task It_sums_what_was_said_in_shadow_and_shows_the_contacts_made_all_the_same()
    {
        var db = fixture.Database;
        var rule = Some.Rule(r => r.IsEnabled = false);
        var other = Some.Rule();
        await db.AddAsync(rule, other, new RuleSetting { RuleId = rule.Id, IsShadow = true });
        // The rule is as old as the real clock says; what follows has to be later.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1);
        var customer = Some.Customer();
        var agent = Some.Agent();
        var tasks = new[] { Some.Task(customer), Some.Task(customer) };
        await db.AddAsync([
            customer,
            Some.Profile(customer),
            agent,
            .. tasks,
            Attempt(
                tasks[0],
                agent,
                now,
                Said(rule, GateVerdict.Blocked),
                Said(other, GateVerdict.Blocked)
            ),
            Attempt(tasks[1], agent, now.AddMinutes(1), Said(rule, GateVerdict.Allowed)),
            Tally(rule, now, shadow: true, allowed: 8, deferred: 2),
            Tally(rule, now, shadow: true, allowed: 1, deferred: 1),
            Tally(rule, now, shadow: false, allowed: 100, deferred: 0),
            Tally(rule, now.AddDays(-9), shadow: true, allowed: 50, deferred: 0),
            Tally(other, now, shadow: true, allowed: 7, deferred: 7),
        ]);
        var query = new ShadowReportQuery(db.Factory);

        var reading = await query.RunAsync(rule.Id, TestContext.Current.CancellationToken);

        Assert.Equal((12, 9, 3), (reading!.Judged, reading.Allowed, reading.Deferred));
        var example = Assert.Single(reading.Examples);
        Assert.Equal(
            (customer.Id, Channel.Email, "America/New_York", "It says so"),
            (example.CustomerId, example.Channel, example.Timezone, example.Explanation)
        );
        Assert.Null(await query.RunAsync(other.Id, TestContext.Current.CancellationToken));
    }

    private static ContactAttempt Attempt(
        Domain.Tasks.AgentTask task,
        Domain.Agents.Agent agent,
        DateTime at,
        params Finding[] shadow
    ) =>
        Some.Attempt(
            task,
            agent,
            a =>
            {
                a.Timestamp = at;
                a.Metadata!.Clearance = JsonSerializer.SerializeToElement(
                    new { shadow },
                    JsonShape.Options
                );
            }
        );

    private static Finding Said(ComplianceRule rule, GateVerdict verdict) =>
        new(
            rule.Id,
            rule.Name,
            "time_window",
            RuleAction.BlockContact,
            verdict,
            null,
            "It says so",
            new Dictionary<string, string>(StringComparer.Ordinal),
            null
        );

    private static RuleTally Tally(
        ComplianceRule rule,
        DateTime at,
        bool shadow,
        int allowed,
        int deferred
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            RuleId = rule.Id,
            At = at,
            IsShadow = shadow,
            Allowed = allowed,
            Deferred = deferred,
        };
}
