using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Data.Customers;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Engine.Compliance;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Compliance;

/// <summary>Proofs over what the engine really did, with rules and wishes that change while it works.</summary>
public sealed class ProofTests : EngineTest
{
    private const string TwoADay =
        """{"kind":"frequency","channels":["email"],"count_channels":["email"],"max":2,"period":{"type":"calendar_days","days":1},"per":"customer","count_statuses":["sent","delivered","opened","replied"]}""";
    private const string OneADay =
        """{"kind":"frequency","channels":["email"],"count_channels":["email"],"max":1,"period":{"type":"calendar_days","days":1},"per":"customer","count_statuses":["sent","delivered","opened","replied"]}""";
    private const string Gap =
        """{"kind":"min_interval","channels":["phone"],"count_channels":["any"],"minutes":20,"count_statuses":["sent","delivered","opened","answered","replied"]}""";
    private const string TextsNeedApproval = """{"kind":"channel_block","channels":["sms"]}""";

    private static readonly TaskType[] s_types =
    [
        TaskType.SendEmail,
        TaskType.SendSms,
        TaskType.MakeCall,
    ];

    private readonly List<Customer> _customers = [];

    [Fact]
    public async Task What_the_engine_did_is_proved_and_what_it_did_not_do_is_found()
    {
        var begin = Clock.Now;
        await ArrangeAsync();
        await WorkWhileThingsChangeAsync();

        var run = await ProveAsync(begin);
        var report = ReportOf(run);

        Assert.Equal(ProofStatus.Done, run.Status);
        Assert.Empty(report.Violations);
        Assert.Empty(report.DefectItems);
        Assert.Empty(report.KnownLaterItems);
        Assert.Equal((await AttemptsAsync()).Count, run.ContactsChecked);
        Assert.InRange(run.ContactsChecked, 40, 1000);
        Assert.Equal((0, run.Planted), (run.Violations, run.PlantedFound));
        // Six built in, two of evidence, and each version of a rule that was in force.
        Assert.True(run.Planted >= 13, $"{run.Planted} planted");

        var bad = await ViolateAsync();
        var second = await ProveAsync(begin);
        var found = ReportOf(second);

        Assert.Equal(bad.Count, second.Violations);
        foreach (var (id, rule) in bad)
        {
            var item = Assert.Single(found.Violations, v => v.AttemptId == id);
            Assert.Contains(rule, item.Breaches.Select(b => b.Rule));
            Assert.Contains(found.DefectItems, d => d.AttemptId == id);
        }

        // Two e-mails beside them were fine but carry no clearance either.
        Assert.Equal(bad.Count + 2, found.WithoutClearance);
    }

    [Fact]
    public async Task A_run_that_a_dead_process_left_is_marked_as_failed_and_one_that_waits_is_taken_up()
    {
        await Database.DataSource.ExecuteAsync(
            """
            INSERT INTO ops.proof_runs (id, period_from, period_to, status, requested_by, started_at, contacts_checked,
                                        violations, planted, planted_found, report)
            VALUES ('11111111-1111-7111-8111-111111111111', '2026-06-01', '2026-06-02', 'running', 'somebody', '2026-06-02', 7,
                    0, 0, 0, '{"worker": "gone:1"}')
            """
        );

        await Engine.Get<ProofRunner>().RunWaitingAsync(default);
        var asked = await Engine.RunAsync(new StartProof(Clock.Now.AddDays(-1), Clock.Now));
        var again = await Engine.RunAsync(new StartProof(Clock.Now.AddDays(-1), Clock.Now));
        await Engine.Get<ProofRunner>().RunWaitingAsync(default);

        Assert.Equal("conflict", again.Error?.Code);
        var runs = await Database.ReadAsync(db => db.Set<ProofRun>().ToListAsync());
        Assert.Equal(ProofStatus.Failed, runs.Single(r => r.Id != asked.Value).Status);
        var done = runs.Single(r => r.Id == asked.Value);
        Assert.Equal((ProofStatus.Done, 0), (done.Status, done.ContactsChecked));
        // Nobody was contacted and no rule is on file: what is built in is planted into a made-up record.
        Assert.Equal((8, 8), (done.Planted, done.PlantedFound));
    }

    [Fact]
    public async Task A_cancelled_run_stays_cancelled()
    {
        var asked = await Engine.RunAsync(new StartProof(Clock.Now.AddDays(-1), Clock.Now));
        await Engine.RunAsync(new CancelProof(asked.Value));

        Assert.False(await Engine.Get<ProofRunner>().RunWaitingAsync(default));
        var late = await Engine.RunAsync(new CancelProof(asked.Value));

        var run = await Database.ReadAsync(db => db.Set<ProofRun>().SingleAsync());
        Assert.Equal(ProofStatus.Cancelled, run.Status);
        Assert.Equal("conflict", late.Error?.Code);
    }

    [Fact]
    public async Task Every_night_is_proved_once_however_many_engines_run()
    {
        await Database.AddAsync(Some.Customer());
        var other = NewEngine();
        Clock.Now = new DateTime(2026, 6, 4, 2, 29, 0, DateTimeKind.Utc);
        await Engine.Get<ProofLoop>().RunAsync(default);
        Clock.Now = Clock.Now.AddMinutes(2);
        await Task.WhenAll(
            Engine.Get<ProofLoop>().RunAsync(default),
            other.Get<ProofLoop>().RunAsync(default)
        );
        await other.Get<ProofLoop>().RunAsync(default);
        Clock.Now = Clock.Now.AddDays(1);
        await other.Get<ProofLoop>().RunAsync(default);

        var runs = await Database.ReadAsync(db =>
            db.Set<ProofRun>().OrderBy(r => r.StartedAt).ToListAsync()
        );
        // The night before the engine was first started, then each night from where the last one ended.
        Assert.Equal(3, runs.Count);
        Assert.All(runs, r => Assert.Equal(NightlyProof.Name, r.RequestedBy));
        Assert.Equal(runs[0].PeriodTo, runs[1].PeriodFrom);
        Assert.Equal(runs[1].PeriodTo, runs[2].PeriodFrom);
    }

    private async Task ArrangeAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            _customers.Add(
                await CustomerAsync(p =>
                    p.Timezone = i % 3 == 0 ? "US/Eastern" : "America/New_York"
                )
            );
        }

        await Database.AddAsync(
            Agent(AgentType.Email, TaskType.SendEmail),
            Agent(AgentType.Sms, TaskType.SendSms),
            Agent(AgentType.Phone, TaskType.MakeCall),
            Some.Rule(r => r.Name = "Hours"),
            Rule("E-mails a day", TwoADay, RuleAction.BlockContact),
            Rule("Gap before calls", Gap, RuleAction.BlockContact),
            Rule("Texts are approved", TextsNeedApproval, RuleAction.RequireApproval)
        );
        await FollowClockAsync();
    }

    private async Task WorkWhileThingsChangeAsync()
    {
        for (var hour = 0; hour < 5; hour++)
        {
            foreach (var (customer, index) in _customers.Select((c, i) => (c, i)))
            {
                var type = s_types[(index + hour) % 3];
                await Database.AddAsync(
                    Some.Task(customer, with: t => (t.Type, t.DueAt) = (type, Clock.Now))
                );
            }

            for (var round = 0; round < 4; round++)
            {
                Clock.Advance(TimeSpan.FromMinutes(5));
                await Engine.StepAsync();
            }

            await ChangeAsync(hour);
            await FollowClockAsync();
            Clock.Advance(TimeSpan.FromMinutes(40));
        }
    }

    private async Task ChangeAsync(int hour)
    {
        await Database.DataSource.ExecuteAsync(
            $"UPDATE ops.approval_requests SET status = 'approved', decided_at = '{Stamp(Clock.Now)}', "
                + $"expires_at = '{Stamp(Clock.Now.AddHours(2))}' WHERE status = 'pending'"
        );
        switch (hour)
        {
            case 0:
                await Engine.RunAsync(new AddOptOut(_customers[0].Id, OptOutChannel.Email));
                await Engine.RunAsync(new SetDoNotContact(_customers[1].Id, true));
                break;
            case 1:
                await SetConditionAsync("E-mails a day", OneADay);
                break;
            case 2:
                await Engine.RunAsync(new SetDoNotContact(_customers[1].Id, false));
                await Database.DataSource.ExecuteAsync(
                    "UPDATE compliance_rules SET is_enabled = false WHERE name = 'Gap before calls'"
                );
                break;
            case 3:
                await SetConditionAsync("E-mails a day", TwoADay);
                await Database.DataSource.ExecuteAsync(
                    $"UPDATE customer_profiles SET timezone = 'Asia/Kathmandu' WHERE customer_id = '{_customers[2].Id}'"
                );
                break;
        }
    }

    /// <summary>Contacts that nothing in the product would make, written by hand; each with the rule it breaks.</summary>
    private async Task<Dictionary<Guid, string>> ViolateAsync()
    {
        // A wish entered on the test's clock: keys of this database carry the real one.
        await Database.DataSource.ExecuteAsync("UPDATE opt_outs SET id = gen_random_uuid()");
        var night = new DateTime(2026, 6, 3, 7, 0, 0, DateTimeKind.Utc);
        await Database.DataSource.ExecuteAsync(
            $"UPDATE ops.rule_versions SET valid_from = '{Stamp(night.AddHours(-9))}' WHERE number = 1"
        );
        var first = Some.Now.AddMinutes(20);
        var fresh = await CustomerAsync();
        await Database.AddAsync(Some.Task(fresh));
        return new()
        {
            [await InsertAsync(_customers[5], "phone", night)] = "Hours",
            [await InsertAsync(_customers[0], "email", first.AddHours(2))] = "opt_out",
            [await InsertAsync(_customers[1], "email", first.AddHours(1))] = "do_not_contact",
            [await InsertAsync(_customers[7], "sms", first.AddMinutes(-10))] = "Texts are approved",
            // A minute after the e-mail that was its turn in the first hour, before the rule was taken away.
            [await InsertAsync(_customers[9], "phone", Some.Now.AddMinutes(6))] =
                "Gap before calls",
            [await InsertAsync(fresh, "email", Clock.Now.AddMinutes(-2), 3)] = "E-mails a day",
        };
    }

    private async Task<Guid> InsertAsync(
        Customer customer,
        string channel,
        DateTime at,
        int times = 1
    )
    {
        var id = Guid.CreateVersion7();
        for (var i = times - 1; i >= 0; i--)
        {
            var key = i == 0 ? id : Guid.CreateVersion7();
            await Database.DataSource.ExecuteAsync(
                $$"""
                INSERT INTO contact_attempts (id, task_id, agent_id, customer_id, channel, status, timestamp, metadata)
                SELECT '{{key}}', t.id, (SELECT id FROM agents LIMIT 1), t.customer_id, '{{channel}}', 'sent',
                       '{{Stamp(at.AddSeconds(-i))}}', '{"delivery": "accepted"}'
                FROM tasks t WHERE t.customer_id = '{{customer.Id}}' ORDER BY t.id LIMIT 1
                """
            );
        }

        return id;
    }

    private async Task<ProofRun> ProveAsync(DateTime begin)
    {
        var result = await Engine
            .Get<ProofRunner>()
            .ProveAsync(begin.AddHours(-9), Clock.Now, Actor.System("test"), default);
        Assert.Null(result.Error);
        return result.Value;
    }

    private static ProofReport ReportOf(ProofRun run) =>
        run.Report!.Value.Deserialize<ProofReport>(JsonShape.Options)!;

    /// <summary>Triggers write the database's clock: what they wrote just now is moved to the test's.</summary>
    private Task<int> FollowClockAsync() =>
        Database.DataSource.ExecuteAsync(
            $"""
            UPDATE ops.rule_versions SET valid_from = '{Stamp(
                Clock.Now
            )}' WHERE valid_from > '{Stamp(Clock.Now.AddDays(30))}';
            UPDATE ops.rule_versions SET valid_to = '{Stamp(Clock.Now)}' WHERE valid_to > '{Stamp(
                Clock.Now.AddDays(30)
            )}';
            UPDATE ops.contact_fact_history SET changed_at = '{Stamp(
                Clock.Now
            )}' WHERE changed_at > '{Stamp(Clock.Now.AddDays(30))}';
            """
        );

    private Task<int> SetConditionAsync(string rule, string condition) =>
        Database.DataSource.ExecuteAsync(
            $"UPDATE compliance_rules SET condition = '{condition}' WHERE name = '{rule}'"
        );

    private static string Stamp(DateTime utc) =>
        utc.ToString(
            "yyyy-MM-dd HH:mm:ss.ffffff",
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static Agent Agent(AgentType type, TaskType task) =>
        Some.Agent(a =>
            (a.Type, a.Capabilities, a.MaxConcurrentTasks) = (type, [task.ToText()], 50)
        );

    private static ComplianceRule Rule(string name, string condition, RuleAction action) =>
        Some.Rule(r =>
            (r.Name, r.Condition, r.Action) = (
                name,
                JsonSerializer.Deserialize<JsonElement>(condition),
                action
            )
        );
}
