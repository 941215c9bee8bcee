using Dashboard.Domain.Agents;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Features.Agents;

/// <summary>Everything the wall shows.</summary>
/// <param name="ReadAt">UTC.</param>
/// <param name="Agents">Trouble first, then the busiest.</param>
/// <param name="Queues">What waits, by type of agent.</param>
public sealed record AgentWall(
    DateTime ReadAt,
    IReadOnlyList<AgentTile> Agents,
    IReadOnlyList<QueueAge> Queues
);

/// <summary>One agent.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">On screen.</param>
/// <param name="Type">What it does.</param>
/// <param name="Status">How it is.</param>
/// <param name="Wish">What an operator wishes of it.</param>
/// <param name="Seat">Who sits there.</param>
/// <param name="Load">Tasks in hand.</param>
/// <param name="Capacity">At most.</param>
/// <param name="Hours">Working hours; null = always.</param>
/// <param name="Zone">IANA zone of the hours.</param>
/// <param name="LastSeen">UTC; the last heartbeat.</param>
/// <param name="Failures">Failures in a row.</param>
/// <param name="Now">What it is doing; null = nothing.</param>
/// <param name="Day">Today's and the last 24 hours' work.</param>
public sealed record AgentTile(
    Guid Id,
    string Name,
    AgentType Type,
    AgentStatus Status,
    AgentWish Wish,
    AgentSeat Seat,
    int Load,
    int Capacity,
    WorkingHours? Hours,
    string? Zone,
    DateTime? LastSeen,
    int Failures,
    CurrentWork? Now,
    AgentDay Day
)
{
    /// <summary>Sort key: what needs a person comes first.</summary>
    public int Trouble =>
        (Status, Wish) switch
        {
            (AgentStatus.Error, _) => 0,
            (AgentStatus.Offline, AgentWish.Run) => 1,
            (_, AgentWish.Pause or AgentWish.Drain) => 2,
            (AgentStatus.Busy, _) => 3,
            (AgentStatus.Active, _) => 4,
            (AgentStatus.Offline, _) => 6,
            _ => 5,
        };
}

/// <summary>Wall-clock hours, end exclusive; an end before the start goes over midnight.</summary>
public sealed record WorkingHours(TimeOnly Start, TimeOnly End)
{
    /// <summary>True when <paramref name="local"/> is inside.</summary>
    public bool Contains(TimeOnly local) => local.IsBetween(Start, End);
}

/// <summary>The task an agent began last.</summary>
public sealed record CurrentWork(Guid TaskId, TaskType Type, string Customer, DateTime? Since);

/// <summary>An agent's work of the day.</summary>
/// <param name="Done">Tasks completed since the reader's midnight.</param>
/// <param name="Failed">Tasks failed since then.</param>
/// <param name="Hours">Tasks ended in each of the last 24 hours, the oldest first.</param>
public sealed record AgentDay(int Done, int Failed, IReadOnlyList<int> Hours)
{
    /// <summary>0 to 1; null before the first task.</summary>
    public double? SuccessRate => Done + Failed == 0 ? null : Done / (double)(Done + Failed);
}

/// <summary>What waits for one type of agent.</summary>
/// <param name="Type">The type of agent.</param>
/// <param name="Due">Tasks that could start now.</param>
/// <param name="Later">Tasks that wait for their time.</param>
/// <param name="OldestDue">UTC; since when the oldest could have started.</param>
public sealed record QueueAge(AgentType Type, int Due, int Later, DateTime? OldestDue)
{
    /// <summary>A task that could start should start within this time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
}
