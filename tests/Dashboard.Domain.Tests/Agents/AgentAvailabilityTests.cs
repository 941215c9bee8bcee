using Dashboard.Domain.Agents;

namespace Dashboard.Domain.Tests.Agents;

public sealed class AgentAvailabilityTests
{
    private static readonly DateTime Noon = new(2026, 3, 6, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_idle_agent_without_hours_is_available() =>
        Assert.True(AgentAvailability.At(Agent(), Noon).IsAvailable);

    [Fact]
    public void Outside_its_hours_an_agent_says_when_they_begin()
    {
        var agent = Agent();
        (agent.WorkingHoursStart, agent.WorkingHoursEnd) = (new(8, 0), new(17, 0));
        agent.Timezone = "America/New_York";

        var availability = AgentAvailability.At(agent, Noon);

        Assert.Equal("Outside working hours (08:00–17:00 America/New_York).", availability.Reason);
        Assert.Equal(Noon.AddHours(1), availability.NextAt);
        Assert.True(AgentAvailability.At(agent, Noon.AddHours(1)).IsAvailable);
        Assert.False(AgentAvailability.At(agent, Noon.AddHours(10)).IsAvailable);
    }

    [Fact]
    public void Hours_over_midnight_hold_on_both_sides_of_it()
    {
        var agent = Agent();
        (agent.WorkingHoursStart, agent.WorkingHoursEnd) = (new(22, 0), new(6, 0));

        Assert.True(AgentAvailability.At(agent, Noon.AddHours(11)).IsAvailable);
        Assert.True(AgentAvailability.At(agent, Noon.AddHours(17)).IsAvailable);
        Assert.Equal(Noon.AddHours(10), AgentAvailability.At(agent, Noon).NextAt);
    }

    [Theory]
    [InlineData(AgentStatus.Offline, AgentWish.Run, 0, "Offline: no heartbeat.")]
    [InlineData(AgentStatus.Idle, AgentWish.Pause, 0, "Paused by an operator.")]
    [InlineData(AgentStatus.Busy, AgentWish.Run, 5, "At capacity: 5 of 5 tasks.")]
    [InlineData(
        AgentStatus.Active,
        AgentWish.Drain,
        1,
        "Draining: it finishes what it has and takes nothing new."
    )]
    public void Status_wish_and_capacity_keep_an_agent_from_work(
        AgentStatus status,
        AgentWish wish,
        int tasks,
        string reason
    )
    {
        var agent = Agent();
        (agent.Status, agent.CurrentTaskCount) = (status, tasks);
        agent.Config = new AgentConfig { Wish = wish };

        Assert.Equal(new Availability(reason, null), AgentAvailability.At(agent, Noon));
    }

    [Fact]
    public void An_unknown_zone_is_never_in_hours()
    {
        var agent = Agent();
        (agent.WorkingHoursStart, agent.Timezone) = (new(8, 0), "Mars/Phobos");

        Assert.False(AgentAvailability.At(agent, Noon).IsAvailable);
    }

    private static Agent Agent() => new() { Status = AgentStatus.Idle };
}
