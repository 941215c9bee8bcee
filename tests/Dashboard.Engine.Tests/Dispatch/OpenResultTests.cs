using System.Text.Json;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Dispatch;

/// <summary>While it is not known what became of a contact, the worst is assumed.</summary>
public sealed class OpenResultTests : EngineTest
{
    private const string Cooldown =
        """{"kind":"conversation_cooldown","channels":["phone","sms"],"days":7,"per":"customer"}""";

    private const string OneVoicemail =
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":1,"period":{"type":"calendar_days","days":1},"per":"customer","count_statuses":["delivered"]}""";

    [Fact]
    public async Task A_second_call_waits_until_the_first_is_over()
    {
        var customer = await CustomerAsync();
        await CallAsync(customer);
        var second = await CallAsync(customer);

        Assert.Equal((1, 1), Allowed(await Engine.Dispatcher.RunOnceAsync()));
        var waiting = await TaskAsync(second.Id);
        Assert.Equal("result_unknown", waiting.Context.Gate!.Decision);
        Assert.Equal(
            "Another call to this customer is under way; this one waits until its result is known",
            waiting.Context.Gate.Explanation
        );

        await ResultAsync("failed", "confirmed");
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0), Allowed(await Engine.Dispatcher.RunOnceAsync()));
    }

    [Fact]
    public async Task A_call_under_way_may_become_the_conversation_that_bars_a_text_message()
    {
        await Database.AddAsync(Rule(Cooldown));
        var customer = await CustomerAsync();
        await CallAsync(customer);
        Assert.Equal((1, 0), Allowed(await Engine.Dispatcher.RunOnceAsync()));
        var text = Some.Task(customer, with: t => t.Type = TaskType.SendSms);
        await Database.AddAsync(text, Agent(AgentType.Sms));

        Assert.Equal((0, 1), Allowed(await Engine.Dispatcher.RunOnceAsync()));
        Assert.Contains(
            "the worst is assumed",
            (await TaskAsync(text.Id)).Context.Gate!.Explanation,
            StringComparison.Ordinal
        );

        await ResultAsync("sent", "confirmed");
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0), Allowed(await Engine.Dispatcher.RunOnceAsync()));
    }

    [Fact]
    public async Task A_call_nobody_can_tell_of_counts_as_whatever_a_rule_counts()
    {
        await Database.AddAsync(Rule(OneVoicemail));
        var customer = await CustomerAsync();
        await CallAsync(customer);
        Assert.Equal((1, 0), Allowed(await Engine.Dispatcher.RunOnceAsync()));
        await ResultAsync("sent", "unconfirmed");
        var second = await CallAsync(customer);

        Assert.Equal((0, 1), Allowed(await Engine.Dispatcher.RunOnceAsync()));
        Assert.Equal(Clock.Now.AddHours(1), (await TaskAsync(second.Id)).DueAt);

        await ResultAsync("sent", "confirmed");
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((1, 0), Allowed(await Engine.Dispatcher.RunOnceAsync()));
    }

    [Fact]
    public async Task A_contact_that_a_faster_clock_has_written_counts()
    {
        await Database.AddAsync(
            Rule(
                """{"kind":"min_interval","channels":["any"],"count_channels":["any"],"minutes":60,"count_statuses":["sent"]}"""
            )
        );
        var customer = await CustomerAsync();
        var done = Some.Task(customer, with: t => t.Status = AgentTaskStatus.Completed);
        var agent = Agent(AgentType.Email);
        await Database.AddAsync(
            done,
            agent,
            Some.Attempt(done, agent, a => a.Timestamp = Clock.Now.AddSeconds(2)),
            Some.Task(customer)
        );

        Assert.Equal((0, 1), Allowed(await Engine.Dispatcher.RunOnceAsync()));
    }

    private static (int Allowed, int Deferred) Allowed(
        Dashboard.Engine.Dispatch.DispatchResult r
    ) => (r.Allowed, r.Deferred);

    private async Task<AgentTask> CallAsync(Customer customer)
    {
        var task = Some.Task(customer, with: t => t.Type = TaskType.MakeCall);
        await Database.AddAsync(task, Agent(AgentType.Phone));
        return task;
    }

    /// <summary>What became of the first call.</summary>
    private Task<int> ResultAsync(string status, string delivery) =>
        Database.DataSource.ExecuteAsync(
            $$"""
            UPDATE contact_attempts SET status = '{{status}}', metadata = metadata || '{"delivery": "{{delivery}}"}'
            WHERE channel = 'phone'
            """
        );

    private static Agent Agent(AgentType type) => Some.Agent(a => a.Type = type);

    private static ComplianceRule Rule(string condition) =>
        Some.Rule(r => r.Condition = JsonSerializer.Deserialize<JsonElement>(condition));
}
