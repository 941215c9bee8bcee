using Dashboard.Domain.Results;

namespace Dashboard.Domain.Tasks;

/// <summary>
/// pending → assigned → in_progress → completed | failed; assigned | in_progress → pending when the agent is lost before
/// anything was reserved, or for a retry; pending | assigned → cancelled (architecture.md).
/// </summary>
public static class TaskStateMachine
{
    private static readonly MoveTable<AgentTaskStatus> Moves = new(
        "task",
        new()
        {
            [AgentTaskStatus.Pending] = [AgentTaskStatus.Assigned, AgentTaskStatus.Cancelled],
            [AgentTaskStatus.Assigned] =
            [
                AgentTaskStatus.InProgress,
                AgentTaskStatus.Pending,
                AgentTaskStatus.Cancelled,
            ],
            [AgentTaskStatus.InProgress] =
            [
                AgentTaskStatus.Completed,
                AgentTaskStatus.Failed,
                AgentTaskStatus.Pending,
            ],
        }
    );

    /// <summary>Success, or an <c>illegal_transition</c>.</summary>
    public static Result Check(AgentTaskStatus from, AgentTaskStatus to) => Moves.Check(from, to);

    /// <summary>The move back to pending for another try: only while attempts &lt; max_attempts.</summary>
    /// <param name="from">Where the task is.</param>
    /// <param name="attempts">Contact attempts made so far.</param>
    /// <param name="maxAttempts">1 or more.</param>
    public static Result CheckRetry(AgentTaskStatus from, int attempts, int maxAttempts)
    {
        var move = Check(from, AgentTaskStatus.Pending);
        return !move.Succeeded || attempts < maxAttempts
            ? move
            : Error.IllegalTransition(
                $"The task has used {attempts} of {maxAttempts} attempts: there is none left for a retry."
            );
    }

    /// <summary>The states that can be reached in one move.</summary>
    public static IReadOnlyList<AgentTaskStatus> From(AgentTaskStatus state) => Moves.From(state);

    /// <summary>Completed, failed and cancelled are final.</summary>
    public static bool IsFinal(AgentTaskStatus state) => From(state).Count == 0;
}
