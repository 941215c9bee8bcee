using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Engine.Channels;
using Dashboard.Engine.Channels.Simulated;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Rescue;

/// <summary>A process that dies is one whose host is never asked again.</summary>
public sealed class RescuerTests : EngineTest
{
    [Fact]
    public async Task What_died_before_it_left_is_sent_by_the_next_process_once()
    {
        var task = await ReservedAsync();
        var survivor = NewEngine();
        Assert.Equal(0, (await survivor.Rescuer.RunOnceAsync()).LookedUp);

        Clock.Advance(TimeSpan.FromMinutes(3));
        await survivor.Rescuer.BeatAsync();
        Assert.Equal(1, (await survivor.Rescuer.RunOnceAsync()).LookedUp);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await survivor.Rescuer.BeatAsync();
        await survivor.StepAsync();

        Assert.Equal(AgentTaskStatus.Completed, (await TaskAsync(task.Id)).Status);
        Assert.Equal(
            [ContactStatus.Failed, ContactStatus.Sent],
            (await AttemptsAsync()).Select(a => a.Status)
        );
        Assert.Equal(1, await SendsAsync());
    }

    [Fact]
    public async Task What_died_after_it_left_is_confirmed_by_the_provider_and_not_sent_again()
    {
        var task = await ReservedAsync();
        await HandOverAsync();
        var survivor = NewEngine();
        Clock.Advance(TimeSpan.FromMinutes(3));

        await survivor.Rescuer.RunOnceAsync();
        await survivor.StepAsync();

        Assert.Equal(AgentTaskStatus.Completed, (await TaskAsync(task.Id)).Status);
        Assert.Equal(Delivery.Accepted, Assert.Single(await AttemptsAsync()).Metadata!.Delivery);
        Assert.Equal(1, await SendsAsync());
        Assert.Equal(0, (await Database.ReadAsync(db => db.Agents.SingleAsync())).CurrentTaskCount);
    }

    [Fact]
    public async Task What_a_mail_server_perhaps_took_stays_unconfirmed_for_ever()
    {
        var task = await ReservedAsync();
        var survivor = NewEngine(
            ("Email:Smtp:Host", "mail.invalid"),
            ("Email:Smtp:From", "ar@fabrikam.example")
        );
        Clock.Advance(TimeSpan.FromMinutes(3));

        await survivor.Rescuer.RunOnceAsync();
        Clock.Advance(TimeSpan.FromDays(3));
        await survivor.Rescuer.RunOnceAsync();
        await survivor.StepAsync();

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
    }

    [Fact]
    public async Task A_process_that_comes_back_too_late_does_not_send()
    {
        await ReservedAsync();
        Clock.Advance(TimeSpan.FromMinutes(3));
        await NewEngine(("Email:Smtp:Host", "mail.invalid")).Rescuer.RunOnceAsync();

        await Engine.Sender.RunOnceAsync();

        Assert.Equal(0, await SendsAsync());
    }

    [Fact]
    public async Task Counts_are_repaired_and_silent_agents_go_offline()
    {
        await Database.AddAsync(
            Some.Agent(a => (a.CurrentTaskCount, a.Status) = (4, AgentStatus.Active)),
            Some.Agent(a =>
            {
                a.Config!.Seat = AgentSeat.External;
                a.LastActiveAt = Clock.Now.AddMinutes(-2);
            })
        );
        await Engine.Rescuer.BeatAsync();

        var result = await Engine.Rescuer.RunOnceAsync();

        Assert.Equal((1, 1), (result.CountsRepaired, result.WentOffline));
        var agents = await Database.ReadAsync(db =>
            db.Agents.OrderByDescending(a => a.LastActiveAt).ToListAsync()
        );
        Assert.Equal((0, AgentStatus.Idle), (agents[0].CurrentTaskCount, agents[0].Status));
        Assert.Equal(AgentStatus.Offline, agents[1].Status);
    }

    private async Task<AgentTask> ReservedAsync()
    {
        var task = Some.Task(await CustomerAsync());
        await Database.AddAsync(task, Some.Agent());
        await Engine.Dispatcher.RunOnceAsync();
        return task;
    }

    private async Task HandOverAsync()
    {
        var attempt = Assert.Single(await AttemptsAsync());
        await Engine
            .Get<SimulatedChannel>()
            .SendAsync(
                new OutgoingMessage(
                    attempt.Id,
                    Channel.Email,
                    "a@b.example",
                    "A",
                    "S",
                    "T",
                    null,
                    null
                ),
                CancellationToken.None
            );
    }

    private Task<long> SendsAsync() =>
        Database.DataSource.ScalarAsync<long>(
            "SELECT coalesce(sum(sends), 0)::bigint FROM ops.simulated_messages"
        );
}
