using Bunit;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Agents;
using Dashboard.Web.Identity;
using Dashboard.Web.Tests.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Agents;

public sealed class AgentWallTests : ComponentTestBase, IAsyncLifetime
{
    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        Services.AddSingleton(new CommandRunner(_db.Factory, new TestClock()));
        Services.AddSingleton<ICurrentActor>(new Nobody());
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public async Task Trouble_comes_first_and_each_agent_has_its_day()
    {
        var customer = Some.Customer();
        var idle = Some.Agent(a => a.Config!.Name = "Idle");
        var busy = Some.Agent(a =>
            (a.Config!.Name, a.Status, a.CurrentTaskCount) = ("Busy", AgentStatus.Busy, 5)
        );
        var error = Some.Agent(a => (a.Config!.Name, a.Status) = ("Error", AgentStatus.Error));
        await _db.AddAsync(customer, idle, busy, error);
        await _db.AddAsync(
            Some.Task(
                customer,
                with: t => Ended(t, busy, AgentTaskStatus.Completed, Some.Now.AddMinutes(-90))
            ),
            Some.Task(
                customer,
                with: t => Ended(t, busy, AgentTaskStatus.Failed, Some.Now.AddMinutes(-5))
            ),
            Some.Task(
                customer,
                with: t => Ended(t, busy, AgentTaskStatus.Completed, Some.Now.AddHours(-20))
            ),
            Some.Task(customer)
        );

        var wall = await new AgentWallQuery(_db.DataSource, new TestClock()).ReadAsync(
            "UTC",
            default
        );

        Assert.Equal(["Error", "Busy", "Idle"], wall.Agents.Select(a => a.Name));
        var day = wall.Agents[1].Day;
        Assert.Equal((1, 1, 0.5), (day.Done, day.Failed, day.SuccessRate));
        Assert.Equal((1, 1, 1), (day.Hours[23], day.Hours[22], day.Hours[3]));
        var queue = wall.Queues.Single(q => q.Type == AgentType.Email);
        Assert.Equal((1, 0), (queue.Due, queue.Later));
    }

    [Fact]
    public void A_tile_shows_load_as_slots_and_local_hours()
    {
        SignIn(Roles.Supervisor);
        var tile = Tile() with
        {
            Load = 3,
            Hours = new WorkingHours(new(8, 0), new(9, 0)),
            Zone = "America/Denver",
        };

        var card = Render<AgentCard>(p => p.Add(c => c.Agent, tile).Add(c => c.Now, Some.Now));

        Assert.Equal(5, card.FindAll(".slot").Count);
        Assert.Equal(3, card.FindAll(".slot.used").Count);
        Assert.Contains("08:00–09:00 Denver (09:00)", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Off duty until 08:00.", card.Markup, StringComparison.Ordinal);
        Assert.Equal(
            ["Pause", "Drain"],
            card.FindAll("button").Select(b => b.GetAttribute("aria-label"))
        );
    }

    [Fact]
    public void A_stopped_agent_offers_resume_to_supervisors_only()
    {
        SignIn(Roles.ComplianceOfficer);
        var tile = Tile() with { Status = AgentStatus.Error, Failures = 5 };

        var card = Render<AgentCard>(p => p.Add(c => c.Agent, tile).Add(c => c.Now, Some.Now));

        var button = Assert.Single(card.FindAll("button"));
        Assert.True(button.HasAttribute("disabled"));
        Assert.Contains("Stopped after 5 failures", card.Markup, StringComparison.Ordinal);
    }

    private static void Ended(AgentTask task, Agent agent, AgentTaskStatus status, DateTime at) =>
        (task.AssignedAgentId, task.Status, task.CompletedAt) = (agent.Id, status, at);

    private static AgentTile Tile() =>
        new(
            Guid.CreateVersion7(),
            "Mail room",
            AgentType.Email,
            AgentStatus.Idle,
            AgentWish.Run,
            AgentSeat.Software,
            0,
            5,
            null,
            "UTC",
            Some.Now,
            0,
            null,
            new AgentDay(0, 0, [])
        );

    private sealed class Nobody : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() =>
            new(new Actor(ActorType.User, "dana", "Dana", new HashSet<string>()));
    }
}
