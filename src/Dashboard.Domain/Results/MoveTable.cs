using Dashboard.Domain.Json;

namespace Dashboard.Domain.Results;

/// <summary>The legal moves of a state machine (architecture.md, "State machines"). Staying where one is is no move and is refused.</summary>
/// <param name="noun">What moves, for messages: "task".</param>
/// <param name="moves">From each state the states it can reach in one move.</param>
internal sealed class MoveTable<T>(string noun, Dictionary<T, T[]> moves)
    where T : struct, Enum
{
    /// <summary>The states that can be reached in one move.</summary>
    internal IReadOnlyList<T> From(T state) => moves.GetValueOrDefault(state) ?? [];

    /// <summary>Success, or an <c>illegal_transition</c> that says what would be possible.</summary>
    internal Result Check(T from, T to)
    {
        var possible = From(from);
        if (possible.Contains(to))
        {
            return Result.Success;
        }
        var remedy =
            possible.Count == 0
                ? "that is its last state"
                : $"it can become {string.Join(" or ", possible.Select(s => s.ToText()))}";
        return Error.IllegalTransition(
            $"A {noun} that is {from.ToText()} cannot become {to.ToText()}: {remedy}."
        );
    }
}
