using System.Text.Json;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Dispatch;

public sealed class DispatcherTests : EngineTest
{
    [Fact]
    public async Task An_allowed_contact_is_reserved_with_its_clearance_a_lease_and_a_place()
    {
        var customer = await CustomerAsync();
        var task = Some.Task(customer);
        var agent = Some.Agent();
        await Database.AddAsync(task, agent, Some.Rule(r => r.Name = "Hours"));

        var result = await Engine.Dispatcher.RunOnceAsync();

        Assert.Equal((1, 1), (result.Claimed, result.Allowed));
        var after = await TaskAsync(task.Id);
        Assert.Equal(AgentTaskStatus.InProgress, after.Status);
        Assert.Equal(Clock.Now.AddMinutes(2), after.Context.Lease!.Until);
        Assert.Equal("allowed", after.Context.Gate!.Decision);
        var attempt = Assert.Single(await AttemptsAsync());
        Assert.Equal(Delivery.Reserved, attempt.Metadata!.Delivery);
        var clearance = attempt.Metadata.Clearance!.Value;
        Assert.Contains(
            "Hours",
            clearance.GetProperty("findings").ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal(1, clearance.GetProperty("debts").GetArrayLength());
        var held = await Database.ReadAsync(db => db.Agents.SingleAsync());
        Assert.Equal((1, AgentStatus.Active), (held.CurrentTaskCount, held.Status));
    }

    [Fact]
    public async Task Outside_the_hours_a_task_waits_until_they_begin()
    {
        var task = await WaitingTaskAsync();
        await Database.AddAsync(Some.Rule());
        Clock.Now = new DateTime(2026, 6, 4, 2, 0, 0, DateTimeKind.Utc);

        var result = await Engine.Dispatcher.RunOnceAsync();

        Assert.Equal(1, result.Deferred);
        var after = await TaskAsync(task.Id);
        Assert.Equal(new DateTime(2026, 6, 4, 12, 0, 0, DateTimeKind.Utc), after.DueAt);
        Assert.Equal("blocked", after.Context.Gate!.Decision);
        Assert.NotNull(after.Context.Gate.Explanation);
    }

    [Fact]
    public async Task The_second_contact_of_a_batch_sees_the_first_ones_reservation()
    {
        var customer = await CustomerAsync();
        await Database.AddAsync(
            Some.Task(customer),
            Some.Task(customer),
            Some.Agent(),
            Rule(
                """{"kind":"frequency","channels":["email"],"count_channels":["email"],"max":1,"period":{"type":"calendar_days","days":1},"per":"customer","count_statuses":["sent","delivered"]}"""
            )
        );

        var result = await Engine.Dispatcher.RunOnceAsync();

        Assert.Equal((2, 1, 1), (result.Claimed, result.Allowed, result.Deferred));
        Assert.Single(await AttemptsAsync());
    }

    [Fact]
    public async Task An_opt_out_for_good_cancels_and_the_fallback_channel_takes_over()
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(customer);
        var task = Some.Task(customer, campaign, t => t.Context.FallbackChannel = Channel.Sms);
        await Database.AddAsync(
            campaign,
            task,
            Some.Agent(),
            Some.Agent(a => a.Type = AgentType.Sms),
            Some.OptOut(customer),
            Some.Template(t =>
                (t.Name, t.Type, t.Channel) = (
                    "sms",
                    Domain.Templates.TemplateType.Sms,
                    Channel.Sms
                )
            )
        );

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Cancelled);
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);
        await Engine.Sender.RunOnceAsync();

        Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(task.Id)).Status);
        var sms = Assert.Single(await AttemptsAsync());
        Assert.Equal(Channel.Sms, sms.Channel);
        var follower = await TaskAsync(sms.TaskId);
        Assert.Equal((AgentTaskStatus.Completed, 2), (follower.Status, follower.Context.Round));
    }

    [Fact]
    public async Task No_agent_is_ever_above_capacity_and_the_rest_is_told_why_it_waits()
    {
        for (var i = 0; i < 7; i++)
        {
            await Database.AddAsync(Some.Task(await CustomerAsync()));
        }

        await Database.AddAsync(
            Some.Agent(a => a.MaxConcurrentTasks = 2),
            Some.Agent(a => a.MaxConcurrentTasks = 1)
        );

        Assert.Equal(3, (await Engine.Dispatcher.RunOnceAsync()).Allowed);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, (await Engine.Dispatcher.RunOnceAsync()).Claimed);

        var waiting = (await TasksAsync()).Where(t => t.Status == AgentTaskStatus.Pending).ToList();
        Assert.Equal(4, waiting.Count);
        Assert.All(waiting, t => Assert.Equal("no_agent", t.Context.Gate!.Decision));
        Assert.All(
            waiting,
            t => Assert.Equal("All 2 e-mail agents are at capacity.", t.Context.Gate!.Explanation)
        );
        Assert.All(
            await Database.ReadAsync(db => db.Agents.ToListAsync()),
            a =>
                Assert.Equal(
                    (a.MaxConcurrentTasks, AgentStatus.Busy),
                    (a.CurrentTaskCount, a.Status)
                )
        );
    }

    [Fact]
    public async Task A_changed_rule_holds_for_the_next_batch()
    {
        await WaitingTaskAsync();
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Allowed);
        var blocked = await WaitingTaskAsync();
        await Database.AddAsync(Rule("""{"kind":"channel_block","channels":["email"]}"""));

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Cancelled);
        Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(blocked.Id)).Status);
    }

    [Fact]
    public async Task A_broken_rule_stops_everything_but_cancels_nothing()
    {
        var task = await WaitingTaskAsync();
        await Database.AddAsync(Rule("""{"kind":"moon_phase"}"""));

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Deferred);

        var after = await TaskAsync(task.Id);
        Assert.Equal(
            (AgentTaskStatus.Pending, "blocked"),
            (after.Status, after.Context.Gate!.Decision)
        );
        Assert.Empty(await AttemptsAsync());
    }

    [Fact]
    public async Task What_needs_approval_waits_until_somebody_decides()
    {
        var task = await WaitingTaskAsync();
        await Database.AddAsync(
            Rule("""{"kind":"channel_block","channels":["email"]}""", RuleAction.RequireApproval)
        );

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).AwaitingApproval);
        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, (await Engine.Dispatcher.RunOnceAsync()).Claimed);
        var request = await Database.ReadAsync(db => db.ApprovalRequests.SingleAsync());
        Assert.Equal((task.Id, Channel.Email), (request.TaskId, request.Channel));
    }

    [Fact]
    public async Task A_rule_that_escalates_makes_a_task_for_a_person()
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(customer);
        await Database.AddAsync(
            campaign,
            Some.Task(customer, campaign),
            Some.Agent(),
            Rule("""{"kind":"channel_block","channels":["email"]}""", RuleAction.Escalate)
        );

        await Engine.Dispatcher.RunOnceAsync();

        var human = Assert.Single(await TasksAsync(), t => t.Type == TaskType.Escalate);
        Assert.Equal((AgentTaskStatus.Pending, campaign.Id), (human.Status, human.CampaignId));
        var stopped = Assert.Single(await TasksAsync(), t => t.Type == TaskType.SendEmail);
        Assert.Equal(stopped.Id, human.Context.EscalatedFrom);
        Assert.NotNull(stopped.Context.Gate!.Findings);
        Assert.True(
            (await Engine.RunAsync(new CompleteHumanTask(human.Id, "Called them."))).Succeeded
        );
        await Engine.Campaigns.RunOnceAsync();
        Assert.Equal(CampaignStatus.Completed, (await CampaignAsync(campaign.Id)).Status);
    }

    [Fact]
    public async Task A_campaigns_own_limits_tighten_the_rules()
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(
            customer,
            with: c =>
                c.Config = new CampaignConfig
                {
                    BusinessHours = new BusinessHours { Start = new(14, 0), End = new(16, 0) },
                }
        );
        var task = Some.Task(customer, campaign);
        await Database.AddAsync(campaign, task, Some.Agent());

        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Deferred);

        Assert.Equal(
            new DateTime(2026, 6, 3, 18, 0, 0, DateTimeKind.Utc),
            (await TaskAsync(task.Id)).DueAt
        );
    }

    [Fact]
    public async Task A_customer_someone_else_is_working_on_is_left_to_them()
    {
        var task = await WaitingTaskAsync();
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var optOut = connection.CreateCommand();
        optOut.CommandText =
            $"INSERT INTO opt_outs (id, customer_id, channel, opted_out_at) VALUES (gen_random_uuid(), '{task.CustomerId}', 'all', '2026-01-01')";
        await optOut.ExecuteNonQueryAsync();

        Assert.Equal(0, (await Engine.Dispatcher.RunOnceAsync()).Claimed);
        await transaction.CommitAsync();
        Assert.Equal(1, (await Engine.Dispatcher.RunOnceAsync()).Cancelled);
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
        await Database.AddAsync(task);
        if (!await Database.ReadAsync(db => db.Agents.AnyAsync()))
        {
            await Database.AddAsync(Some.Agent());
        }

        return task;
    }
}
