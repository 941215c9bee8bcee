using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Data.Customers;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Engine.Compliance;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Dispatch;

/// <summary>What is left behind: clearances, refusals, what each rule said.</summary>
public sealed class EvidenceTests : EngineTest
{
    private const string NoMail = """{"kind":"channel_block","channels":["email"]}""";

    private const string NoCalls = """{"kind":"channel_block","channels":["phone"]}""";

    private const string Hours =
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""";

    [Fact]
    public async Task The_clearance_tells_what_was_known_and_from_where()
    {
        var rule = Rule(Hours);
        await Database.AddAsync(rule);
        var task = await WaitingTaskAsync();
        await Database.AddAsync(
            new ContactPreferences
            {
                CustomerId = task.CustomerId,
                OtherTimezones = ["Asia/Kathmandu"],
            },
            Some.OptOut(
                await Database.ReadAsync(db => db.Customers.SingleAsync()),
                o => o.Channel = Domain.OptOuts.OptOutChannel.Phone
            )
        );

        // 15:00 UTC is 20:45 in Kathmandu.
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);

        var metadata = Assert.Single(await AttemptsAsync()).Metadata!;
        var clearance = metadata.Clearance!.Value;
        Assert.Equal("allowed", clearance.GetProperty("decision").GetString());
        Assert.Equal("America/New_York", clearance.GetProperty("timezone").GetString());
        Assert.Equal(
            "customer_profiles.timezone",
            clearance.GetProperty("timezone_source").GetString()
        );
        var times = clearance.GetProperty("local_times");
        Assert.Equal("2026-06-03T11:00:00", times.GetProperty("America/New_York").GetString());
        Assert.Equal("2026-06-03T20:45:00", times.GetProperty("Asia/Kathmandu").GetString());
        Assert.Equal(
            "phone",
            clearance.GetProperty("opt_outs")[0].GetProperty("channel").GetString()
        );
        Assert.Equal(0, clearance.GetProperty("attempts_seen").GetInt32());
        var stored = await Database.ReadAsync(db => db.ComplianceRules.SingleAsync());
        var finding = clearance
            .GetProperty("findings")
            .EnumerateArray()
            .Single(f => f.TryGetProperty("rule_id", out var id) && id.GetGuid() == rule.Id);
        Assert.Equal(rule.Name, finding.GetProperty("rule").GetString());
        Assert.Equal(stored.UpdatedAt, finding.GetProperty("rule_version").GetDateTime());
        Assert.Equal("allowed", finding.GetProperty("verdict").GetString());
        Assert.Contains(
            "20:45",
            finding.GetProperty("facts").GetProperty("local_time").GetString(),
            StringComparison.Ordinal
        );
        Assert.False(metadata.Extra?.ContainsKey("warned") ?? false);
    }

    [Fact]
    public async Task A_warning_shows_on_the_task_and_on_the_attempt()
    {
        var rule = Rule(NoMail, RuleAction.LogWarning);
        await Database.AddAsync(rule);
        var task = await WaitingTaskAsync();

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);

        var gate = (await TaskAsync(task.Id)).Context.Gate!;
        Assert.Equal("allowed_with_warning", gate.Decision);
        Assert.Contains(
            gate.Findings!.Value.EnumerateArray(),
            f => f.GetProperty("verdict").GetString() == "allowed_with_warning"
        );
        var metadata = Assert.Single(await AttemptsAsync()).Metadata!;
        Assert.True(metadata.Extra!["warned"].GetBoolean());
        Assert.Equal(rule.Name, metadata.Clearance!.Value.GetProperty("warnings")[0].GetString());
        var tally = Assert.Single(await TalliesAsync());
        Assert.Equal((rule.Id, 1, false), (tally.RuleId, tally.Warned, tally.IsShadow));
    }

    [Fact]
    public async Task Every_refusal_is_kept_with_the_rule_that_binds()
    {
        var hours = Rule(Hours);
        await Database.AddAsync(hours, Rule(NoCalls));
        var task = await WaitingTaskAsync();
        Clock.Now = new DateTime(2026, 6, 4, 2, 0, 0, DateTimeKind.Utc);

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Deferred);

        var refusal = Assert.Single(await RefusalsAsync());
        Assert.Equal((task.Id, task.CustomerId), (refusal.TaskId, refusal.CustomerId));
        Assert.Equal((Channel.Email, GateVerdict.Blocked), (refusal.Channel, refusal.Verdict));
        Assert.Equal((hours.Id, hours.Name), (refusal.RuleId, refusal.Rule));
        Assert.Equal(new DateTime(2026, 6, 4, 12, 0, 0, DateTimeKind.Utc), refusal.NextAllowedAt);
        Assert.Equal(Clock.Now, refusal.At);
        Assert.Single(refusal.Debts);
        Assert.Equal(1, refusal.Findings.GetArrayLength());
        // The rule about calls has nothing to say of an e-mail.
        var tally = Assert.Single(await TalliesAsync());
        Assert.Equal((hours.Id, 1, 0), (tally.RuleId, tally.Deferred, tally.Allowed));
    }

    [Fact]
    public async Task A_rule_that_escalates_gives_a_person_its_sentence()
    {
        await Database.AddAsync(Rule(NoMail, RuleAction.Escalate));
        await WaitingTaskAsync();

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Cancelled);

        var refusal = Assert.Single(await RefusalsAsync());
        Assert.Equal(GateVerdict.Escalate, refusal.Verdict);
        var human = Assert.Single(await TasksAsync(), t => t.Type == TaskType.Escalate);
        Assert.Equal($"A person takes over: {refusal.Explanation}", human.Context.Reason);
        Assert.Equal(TaskPriority.High, human.Priority);
        Assert.Equal(1, Assert.Single(await TalliesAsync()).Escalated);
    }

    [Fact]
    public async Task A_rule_in_shadow_is_logged_and_does_not_act()
    {
        var shadow = Rule(NoMail);
        shadow.IsEnabled = false;
        await Database.AddAsync(shadow, new RuleSetting { RuleId = shadow.Id, IsShadow = true });
        await WaitingTaskAsync();

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);

        var clearance = Assert.Single(await AttemptsAsync()).Metadata!.Clearance!.Value;
        var finding = clearance.GetProperty("shadow")[0];
        Assert.Equal(shadow.Id, finding.GetProperty("rule_id").GetGuid());
        Assert.Equal("blocked", finding.GetProperty("verdict").GetString());
        var tally = Assert.Single(await TalliesAsync());
        Assert.Equal((shadow.Id, true, 1), (tally.RuleId, tally.IsShadow, tally.Blocked));

        await Database.AddAsync(Rule(Hours));
        await WaitingTaskAsync();
        Clock.Now = new DateTime(2026, 6, 4, 2, 0, 0, DateTimeKind.Utc);
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Deferred);
        var findings = Assert.Single(await RefusalsAsync()).Findings.EnumerateArray().ToList();
        Assert.Equal([false, true], findings.Select(f => f.TryGetProperty("shadow", out _)));
    }

    [Fact]
    public async Task Tallies_of_past_hours_are_summed()
    {
        var rule = Guid.CreateVersion7();
        RuleTally Tally(DateTime at, int allowed, bool isShadow = false) =>
            new()
            {
                Id = Guid.CreateVersion7(),
                RuleId = rule,
                At = at,
                Allowed = allowed,
                Deferred = 1,
                IsShadow = isShadow,
            };
        var hour = new DateTime(2026, 6, 3, 12, 0, 0, DateTimeKind.Utc);
        await Database.AddAsync(
            Tally(hour.AddMinutes(1), 2),
            Tally(hour.AddMinutes(59), 3),
            Tally(hour.AddMinutes(30), 7, isShadow: true),
            Tally(hour.AddHours(2).AddMinutes(30), 11)
        );

        Assert.Equal(3, await Engine.Get<SumTallies>().RunOnceAsync());
        Assert.Equal(0, await Engine.Get<SumTallies>().RunOnceAsync());

        Assert.Equal(
            [
                (hour, 5, 2, false),
                (hour, 7, 1, true),
                (hour.AddHours(2).AddMinutes(30), 11, 1, false),
            ],
            (await TalliesAsync()).Select(t => (t.At, t.Allowed, t.Deferred, t.IsShadow))
        );
    }

    private static ComplianceRule Rule(
        string condition,
        RuleAction action = RuleAction.BlockContact
    ) =>
        Some.Rule(r =>
        {
            r.Condition = JsonSerializer.Deserialize<JsonElement>(condition);
            r.Action = action;
        });

    private async Task<AgentTask> WaitingTaskAsync()
    {
        var task = Some.Task(await CustomerAsync());
        await Database.AddAsync(task, Some.Agent());
        return task;
    }

    private Task<List<GateRefusal>> RefusalsAsync() =>
        Database.ReadAsync(db => db.GateRefusals.AsNoTracking().ToListAsync());

    private Task<List<RuleTally>> TalliesAsync() =>
        Database.ReadAsync(db =>
            db.RuleTallies.AsNoTracking().OrderBy(t => t.At).ThenBy(t => t.Allowed).ToListAsync()
        );
}
