using Dashboard.Data.Contacts;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Tasks;
using Dashboard.Domain.Templates;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Sending;

public sealed class SenderTests : EngineTest
{
    [Fact]
    public async Task A_reserved_attempt_is_sent_once_and_everything_is_recorded()
    {
        var customer = await CustomerAsync();
        var task = Some.Task(customer);
        await Database.AddAsync(task, Some.Agent());

        await Engine.StepAsync();
        await Engine.Sender.RunOnceAsync();

        var after = await TaskAsync(task.Id);
        Assert.Equal((AgentTaskStatus.Completed, "sent"), (after.Status, after.Context.Outcome));
        Assert.Null(after.Context.Lease);
        var metadata = Assert.Single(await AttemptsAsync()).Metadata!;
        Assert.Equal((Delivery.Accepted, "simulated"), (metadata.Delivery, metadata.Provider));
        Assert.NotNull(metadata.Clearance);
        var agent = await Database.ReadAsync(db => db.Agents.SingleAsync());
        Assert.Equal((0, AgentStatus.Idle), (agent.CurrentTaskCount, agent.Status));
        Assert.Equal(
            (1, 1m),
            (agent.PerformanceMetrics!.TasksCompleted, agent.PerformanceMetrics.SuccessRate)
        );
        var profile = await Database.ReadAsync(db => db.CustomerProfiles.SingleAsync());
        Assert.Equal(Clock.Now, profile.LastContactDate);
        Assert.Equal(
            1,
            await Database.DataSource.ScalarAsync<long>(
                "SELECT sum(sends) FROM ops.simulated_messages"
            )
        );
    }

    [Theory]
    [InlineData("Hello {{customer.nickname}}", true, "nickname")]
    [InlineData("Hello", false, "no active template")]
    public async Task A_template_that_cannot_be_used_stops_the_send(
        string content,
        bool active,
        string reason
    )
    {
        await Database.DataSource.ExecuteAsync("DELETE FROM templates");
        var task = Some.Task(await CustomerAsync());
        await Database.AddAsync(
            task,
            Some.Agent(),
            Some.Template(t => (t.Content, t.IsActive) = (content, active))
        );

        await Engine.StepAsync();

        var after = await TaskAsync(task.Id);
        Assert.Equal(AgentTaskStatus.Failed, after.Status);
        Assert.Contains(reason, after.Context.Reason!, StringComparison.Ordinal);
        Assert.Equal(ContactStatus.Failed, Assert.Single(await AttemptsAsync()).Status);
        Assert.Equal(
            0,
            await Database.DataSource.ScalarAsync<long>(
                "SELECT count(*) FROM ops.simulated_messages"
            )
        );
    }

    [Fact]
    public async Task A_network_failure_is_tried_again_later_and_not_for_ever()
    {
        var engine = NewEngine(("Engine:Simulation:FailureRate", "1"));
        var task = Some.Task(await CustomerAsync(), with: t => t.MaxAttempts = 2);
        await Database.AddAsync(task, Some.Agent());

        await engine.StepAsync();
        var between = await TaskAsync(task.Id);
        Assert.Equal(
            (AgentTaskStatus.Pending, Clock.Now.AddMinutes(15)),
            (between.Status, between.DueAt)
        );
        Clock.Advance(TimeSpan.FromMinutes(15));
        await engine.StepAsync();

        Assert.Equal(AgentTaskStatus.Failed, (await TaskAsync(task.Id)).Status);
        Assert.Equal(2, (await AttemptsAsync()).Count);
    }

    [Theory]
    [InlineData(ReplyBehaviour.Pause, CampaignStatus.Paused, 0)]
    [InlineData(ReplyBehaviour.FollowUp, CampaignStatus.Paused, 1)]
    [InlineData(ReplyBehaviour.Continue, CampaignStatus.Active, 0)]
    public async Task A_reply_does_what_the_step_says(
        ReplyBehaviour onReply,
        CampaignStatus status,
        int followUps
    )
    {
        var campaign = await RunningCampaignAsync(onReply);
        var attempt = Assert.Single(await AttemptsAsync());

        var result = await Engine.RunAsync(new RecordReply(attempt.Id, "We will pay on Friday."));

        Assert.Equal(onReply, result.Value);
        Assert.Equal(status, (await CampaignAsync(campaign.Id)).Status);
        Assert.Equal(followUps, (await TasksAsync()).Count(t => t.Type == TaskType.FollowUp));
        var replied = Assert.Single(await AttemptsAsync());
        Assert.Equal(
            (ContactStatus.Replied, "We will pay on Friday."),
            (replied.Status, replied.Response)
        );
    }

    [Fact]
    public async Task The_simulated_provider_reports_later_and_replies_pause_the_campaign()
    {
        var engine = NewEngine(
            ("Engine:Simulation:ReplyRate", "1"),
            ("Engine:Simulation:TimeScale", "0.001")
        );
        var campaign = await RunningCampaignAsync(ReplyBehaviour.Pause);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await engine.Reports.RunOnceAsync());

        Assert.Equal(ContactStatus.Replied, Assert.Single(await AttemptsAsync()).Status);
        Assert.Equal(CampaignStatus.Paused, (await CampaignAsync(campaign.Id)).Status);
        Assert.Equal(0, await engine.Reports.RunOnceAsync());
    }

    [Fact]
    public async Task Calls_end_answered_on_voicemail_or_unanswered_and_only_the_last_is_tried_again()
    {
        await Database.AddAsync(
            Some.Agent(a => (a.Type, a.MaxConcurrentTasks) = (AgentType.Phone, 100)),
            Some.Template(t =>
                (t.Name, t.Type, t.Channel) = (
                    "call_script",
                    TemplateType.PhoneScript,
                    Channel.Phone
                )
            )
        );
        for (var i = 0; i < 40; i++)
        {
            Customer customer = await CustomerAsync();
            await Database.AddAsync(
                Some.Task(
                    customer,
                    with: t =>
                    {
                        t.Type = TaskType.MakeCall;
                        t.Context = new TaskContext
                        {
                            Channel = StepChannel.Phone,
                            Template = "call_script",
                        };
                    }
                )
            );
        }

        await Engine.StepAsync();

        var tasks = await TasksAsync();
        var outcomes = tasks
            .GroupBy(t => t.Context.Outcome!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList());
        Assert.Equal(
            ["answered", "no_answer", "voicemail"],
            outcomes.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            outcomes["no_answer"],
            t => Assert.Equal((AgentTaskStatus.Pending, Clock.Now.AddHours(3)), (t.Status, t.DueAt))
        );
        Assert.All(outcomes["answered"], t => Assert.Equal(AgentTaskStatus.Completed, t.Status));
        Assert.All(
            (await AttemptsAsync()).Where(a => a.Status == ContactStatus.Answered),
            a => Assert.True(a.Duration > 0 && a.Metadata!.CallSid is not null)
        );
    }

    private async Task<Campaign> RunningCampaignAsync(ReplyBehaviour onReply)
    {
        var customer = await CustomerAsync();
        var campaign = Some.Campaign(
            customer,
            with: c =>
                c.EscalationSteps = [
                    Some.Step(1, s => s.OnReply = onReply),
                    Some.Step(2, s => s.DelayHours = 48),
                ]
        );
        await Database.AddAsync(campaign, Some.Agent());
        await Engine.Campaigns.SweepAsync();
        await Engine.StepAsync();
        await Engine.Campaigns.RunOnceAsync();
        return campaign;
    }
}
