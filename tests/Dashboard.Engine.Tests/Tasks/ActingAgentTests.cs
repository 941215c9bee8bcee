using System.Text.Json;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Tasks;

/// <summary>People and other programs: take, start, complete, fail.</summary>
public sealed class ActingAgentTests : EngineTest
{
    [Fact]
    public async Task A_person_takes_a_call_starts_it_and_tells_of_the_conversation()
    {
        var (task, agent) = await CallAsync();

        Assert.Equal([task.Id], (await Engine.RunAsync(new ClaimTasks(agent.Id, 5))).Value);
        Assert.Equal(AgentTaskStatus.Assigned, (await TaskAsync(task.Id)).Status);
        Assert.Equal(1, await LoadAsync(agent));
        var start = (await Engine.RunAsync(new StartTask(task.Id, agent.Id))).Value;
        Assert.True(start.IsStarted);
        Assert.Equal(1, await LoadAsync(agent));
        Clock.Advance(TimeSpan.FromMinutes(3));
        var done = await Engine.RunAsync(
            new CompleteTask(task.Id, agent.Id, "answered", 170, "Pays on Friday.")
        );

        Assert.Equal(AgentTaskStatus.Completed, done.Value);
        var attempt = Assert.Single(await AttemptsAsync());
        Assert.Equal(start.AttemptId, attempt.Id);
        Assert.Equal(
            (ContactStatus.Answered, 170, "Pays on Friday."),
            (attempt.Status, attempt.Duration, attempt.Response)
        );
        Assert.Equal(
            (Delivery.Confirmed, "human"),
            (attempt.Metadata!.Delivery, attempt.Metadata.Provider)
        );
        Assert.NotNull(attempt.Metadata.Clearance);
        Assert.Equal("answered", (await TaskAsync(task.Id)).Context.Outcome);
        Assert.Equal(0, await LoadAsync(agent));
        Assert.Equal(
            "illegal_transition",
            (await Engine.RunAsync(new CompleteTask(task.Id, agent.Id, "answered"))).Error?.Code
        );
    }

    [Fact]
    public async Task A_start_that_the_gate_refuses_is_kept_and_told_with_the_findings()
    {
        var (task, agent) = await CallAsync();
        await Database.AddAsync(Some.Rule(r => r.Name = "Hours"));
        await Engine.RunAsync(new ClaimTasks(agent.Id));
        Clock.Now = new DateTime(2026, 6, 4, 2, 0, 0, DateTimeKind.Utc);

        var start = (await Engine.RunAsync(new StartTask(task.Id, agent.Id))).Value;

        Assert.Equal("contact_refused", start.Refusal?.Code);
        Assert.Equal(new DateTime(2026, 6, 4, 12, 0, 0, DateTimeKind.Utc), start.NextAllowedAt);
        Assert.Contains(start.Findings, f => f is { Rule: "Hours", Verdict: GateVerdict.Blocked });
        var after = await TaskAsync(task.Id);
        Assert.Equal(
            (AgentTaskStatus.Pending, start.NextAllowedAt, null),
            (after.Status, after.DueAt, after.AssignedAgentId)
        );
        Assert.Equal(0, await LoadAsync(agent));
        Assert.Empty(await AttemptsAsync());
        Assert.Single(await Database.ReadAsync(db => db.GateRefusals.ToListAsync()));
    }

    [Fact]
    public async Task After_an_opt_out_the_task_ends_when_it_is_started()
    {
        var (task, agent) = await CallAsync();
        await Database.AddAsync(
            Some.OptOut(
                await Database.ReadAsync(db => db.Customers.SingleAsync()),
                o => o.Channel = OptOutChannel.Phone
            )
        );

        var start = (await Engine.RunAsync(new StartTask(task.Id, agent.Id))).Value;

        Assert.Equal(AgentTaskStatus.Cancelled, start.Status);
        Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(task.Id)).Status);
    }

    [Fact]
    public async Task A_rule_that_asks_parks_a_started_task()
    {
        var (task, agent) = await CallAsync();
        await Database.AddAsync(
            Some.Rule(r =>
            {
                r.Action = RuleAction.RequireApproval;
                r.Condition = JsonSerializer.Deserialize<JsonElement>(
                    """{"kind":"channel_block","channels":["phone"]}"""
                );
            })
        );

        var start = (await Engine.RunAsync(new StartTask(task.Id, agent.Id))).Value;

        Assert.Equal("requires_approval", start.Decision);
        Assert.Null((await TaskAsync(task.Id)).DueAt);
        Assert.Equal(
            task.Id,
            (await Database.ReadAsync(db => db.ApprovalRequests.SingleAsync())).TaskId
        );
    }

    [Fact]
    public async Task Who_may_not_start_is_told_why_and_nothing_changes()
    {
        var (task, agent) = await CallAsync(a => a.MaxConcurrentTasks = 1);
        var mailer = Some.Agent(a => a.Config!.Seat = AgentSeat.External);
        var own = Some.Agent(a => a.Type = AgentType.Phone);
        await Database.AddAsync(mailer, own);
        var (second, _) = await CallAsync();

        Assert.Contains(
            "takes send_email tasks",
            await WhyAsync(task, mailer),
            StringComparison.Ordinal
        );
        Assert.Contains("engine's own", await WhyAsync(task, own), StringComparison.Ordinal);
        Assert.True((await Engine.RunAsync(new StartTask(task.Id, agent.Id))).Value.IsStarted);
        Assert.Contains("at capacity", await WhyAsync(second, agent), StringComparison.Ordinal);
        Assert.Contains("in_progress", await WhyAsync(task, agent), StringComparison.Ordinal);
        Assert.Equal(AgentTaskStatus.Pending, (await TaskAsync(second.Id)).Status);
        Assert.Single(await AttemptsAsync());
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_with_the_field()
    {
        var (task, agent) = await CallAsync();
        await Engine.RunAsync(new StartTask(task.Id, agent.Id));

        var word = await Engine.RunAsync(new CompleteTask(task.Id, agent.Id, "sent"));
        var length = await Engine.RunAsync(new CompleteTask(task.Id, agent.Id, "answered", -1));
        var many = await Engine.RunAsync(new ClaimTasks(agent.Id, 1000));

        Assert.Equal(("invalid", "Outcome"), (word.Error!.Code, word.Error.Field));
        Assert.Contains("voicemail", word.Error.Message, StringComparison.Ordinal);
        Assert.Equal("DurationSeconds", length.Error!.Field);
        Assert.Equal("Max", many.Error!.Field);
    }

    [Fact]
    public async Task A_call_nobody_answers_or_that_never_connects_is_tried_again_while_attempts_are_left()
    {
        var (task, agent) = await CallAsync(with: t => t.MaxAttempts = 2);
        await Engine.RunAsync(new StartTask(task.Id, agent.Id));
        Assert.Equal(
            AgentTaskStatus.Pending,
            (await Engine.RunAsync(new FailTask(task.Id, agent.Id, "The line was dead."))).Value
        );
        Assert.Equal(Clock.Now.AddMinutes(15), (await TaskAsync(task.Id)).DueAt);

        Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True((await Engine.RunAsync(new StartTask(task.Id, agent.Id))).Value.IsStarted);
        Assert.Equal(
            AgentTaskStatus.Failed,
            (await Engine.RunAsync(new CompleteTask(task.Id, agent.Id, "no_answer"))).Value
        );
        Assert.Equal(
            [ContactStatus.Failed, ContactStatus.Sent],
            (await AttemptsAsync()).Select(a => a.Status)
        );
        Assert.Equal(0, await LoadAsync(agent));
    }

    [Fact]
    public async Task What_was_taken_and_not_started_goes_back()
    {
        var (task, agent) = await CallAsync();
        await Engine.RunAsync(new ClaimTasks(agent.Id));
        Assert.Equal(
            AgentTaskStatus.Pending,
            (await Engine.RunAsync(new FailTask(task.Id, agent.Id, "No time."))).Value
        );
        Assert.Equal(0, await LoadAsync(agent));

        await Engine.RunAsync(new ClaimTasks(agent.Id));
        Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await Engine.Rescuer.RunOnceAsync()).Released);
        Assert.Equal(AgentTaskStatus.Pending, (await TaskAsync(task.Id)).Status);
        Assert.Equal(0, await LoadAsync(agent));
        Assert.Empty(await AttemptsAsync());
    }

    [Fact]
    public async Task A_call_nobody_reports_is_unconfirmed_counts_and_is_never_made_again_by_itself()
    {
        var (task, agent) = await CallAsync();
        await Engine.RunAsync(new StartTask(task.Id, agent.Id));
        Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(1, (await Engine.Rescuer.RunOnceAsync()).LookedUp);
        await Engine.StepAsync();

        var after = await TaskAsync(task.Id);
        Assert.Equal(
            (AgentTaskStatus.Failed, "unconfirmed"),
            (after.Status, after.Context.Outcome)
        );
        var attempt = Assert.Single(await AttemptsAsync());
        Assert.Equal(
            (Delivery.Unconfirmed, ContactStatus.Sent),
            (attempt.Metadata!.Delivery, attempt.Status)
        );
        Assert.Equal(
            0,
            await Database.DataSource.ScalarAsync<long>(
                "SELECT count(*) FROM ops.simulated_messages"
            )
        );

        // Late news of a conversation counts all the same.
        var late = await Engine.RunAsync(new CompleteTask(task.Id, agent.Id, "answered", 60));
        Assert.Equal(AgentTaskStatus.Failed, late.Value);
        var known = Assert.Single(await AttemptsAsync());
        Assert.Equal(
            (ContactStatus.Answered, 60, Delivery.Confirmed),
            (known.Status, known.Duration, known.Metadata!.Delivery)
        );
    }

    [Fact]
    public async Task A_paused_agent_takes_nothing_and_a_draining_one_only_what_it_has()
    {
        var (task, agent) = await CallAsync();
        await CallAsync();
        await Engine.RunAsync(new ClaimTasks(agent.Id));
        await Database.DataSource.ExecuteAsync(
            """UPDATE agents SET config = config || '{"wish": "drain"}'"""
        );

        Assert.Contains(
            "draining",
            (await Engine.RunAsync(new ClaimTasks(agent.Id))).Error!.Message,
            StringComparison.Ordinal
        );
        Assert.True((await Engine.RunAsync(new StartTask(task.Id, agent.Id))).Value.IsStarted);
    }

    private async Task<(AgentTask Task, Agent Agent)> CallAsync(
        Action<Agent>? agent = null,
        Action<AgentTask>? with = null
    )
    {
        var task = Some.Task(
            await CustomerAsync(),
            with: t =>
            {
                t.Type = TaskType.MakeCall;
                with?.Invoke(t);
            }
        );
        var person = Some.Agent(a =>
        {
            a.Type = AgentType.Phone;
            a.Config!.Seat = AgentSeat.Human;
            agent?.Invoke(a);
        });
        await Database.AddAsync(task, person);
        return (task, person);
    }

    private async Task<string> WhyAsync(AgentTask task, Agent agent)
    {
        var start = await Engine.RunAsync(new StartTask(task.Id, agent.Id));
        return start.Error!.Message;
    }

    private async Task<int?> LoadAsync(Agent agent) =>
        (
            await Database.ReadAsync(db => db.Agents.SingleAsync(a => a.Id == agent.Id))
        ).CurrentTaskCount;
}
