using Dashboard.Domain.Results;

namespace Dashboard.Domain.Agents;

/// <summary>
/// offline ⇄ idle ⇄ active ⇄ busy by load; error after repeated failures; offline when the heartbeat stops (architecture.md).
/// A batch can fill or empty an agent at once, so idle ⇄ busy is one move. An agent leaves error when an operator resumes it
/// or it goes offline.
/// </summary>
public static class AgentStateMachine
{
    private static readonly MoveTable<AgentStatus> Moves = new(
        "agent",
        new()
        {
            [AgentStatus.Offline] = [AgentStatus.Idle],
            [AgentStatus.Idle] =
            [
                AgentStatus.Active,
                AgentStatus.Busy,
                AgentStatus.Error,
                AgentStatus.Offline,
            ],
            [AgentStatus.Active] =
            [
                AgentStatus.Idle,
                AgentStatus.Busy,
                AgentStatus.Error,
                AgentStatus.Offline,
            ],
            [AgentStatus.Busy] =
            [
                AgentStatus.Active,
                AgentStatus.Idle,
                AgentStatus.Error,
                AgentStatus.Offline,
            ],
            [AgentStatus.Error] = [AgentStatus.Idle, AgentStatus.Offline],
        }
    );

    /// <summary>Success, or an <c>illegal_transition</c>.</summary>
    public static Result Check(AgentStatus from, AgentStatus to) => Moves.Check(from, to);

    /// <summary>The states that can be reached in one move.</summary>
    public static IReadOnlyList<AgentStatus> From(AgentStatus state) => Moves.From(state);

    /// <summary>The status that the load asks for; offline and error stay, for load does not cure them.</summary>
    /// <param name="current">Where the agent is.</param>
    /// <param name="tasks">Tasks in hand.</param>
    /// <param name="capacity">max_concurrent_tasks.</param>
    public static AgentStatus ByLoad(AgentStatus current, int tasks, int capacity) =>
        current is AgentStatus.Offline or AgentStatus.Error ? current
        : tasks <= 0 ? AgentStatus.Idle
        : tasks < capacity ? AgentStatus.Active
        : AgentStatus.Busy;
}
