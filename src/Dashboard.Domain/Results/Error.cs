namespace Dashboard.Domain.Results;

/// <summary>What went wrong, for people: an expected refusal, never a bug.</summary>
/// <param name="Code">A stable snake_case word that programs can test, e.g. <c>illegal_transition</c>.</param>
/// <param name="Message">A sentence that names what is wrong and the remedy.</param>
/// <param name="Field">The input field at fault, in the spelling of the door it came through; null when none is.</param>
public sealed record Error(string Code, string Message, string? Field = null)
{
    /// <summary>The row was changed by someone else since it was read; <paramref name="message"/> says what changed.</summary>
    public static Error Conflict(string message) => new("conflict", message);

    /// <summary>The signed-in person has no role that may do this.</summary>
    public static Error Forbidden(string message) => new("forbidden", message);

    /// <summary>The row does not exist or was deleted.</summary>
    public static Error NotFound(string message) => new("not_found", message);

    /// <summary>The state machine has no such move (architecture.md, "State machines").</summary>
    public static Error IllegalTransition(string message) => new("illegal_transition", message);

    /// <summary>An input field holds something that cannot be used.</summary>
    public static Error Invalid(string field, string message) => new("invalid", message, field);
}
