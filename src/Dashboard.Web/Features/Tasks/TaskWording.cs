using Dashboard.Data.Tasks;
using Dashboard.Domain.Tasks;
using Humanizer;

namespace Dashboard.Web.Features.Tasks;

/// <summary>The queue in words: what a task is, how it stands, why it waits.</summary>
public static class TaskWording
{
    /// <summary>A person does it, not an agent.</summary>
    public static bool IsHuman(TaskType type) => type is TaskType.Escalate or TaskType.FollowUp;

    /// <summary>"E-mail, step 2".</summary>
    public static string What(TaskType type, int? step) =>
        step is { } number ? $"{TypeName(type)}, step {number}" : TypeName(type);

    /// <summary>What to do, in one or two words.</summary>
    public static string TypeName(TaskType type) =>
        type switch
        {
            TaskType.SendEmail => "E-mail",
            TaskType.MakeCall => "Call",
            TaskType.SendSms => "Text message",
            TaskType.ResearchCustomer => "Research",
            TaskType.Escalate => "Decision",
            _ => "Follow-up",
        };

    /// <summary>A status as a filter names it.</summary>
    public static string StatusName(AgentTaskStatus status) =>
        status switch
        {
            AgentTaskStatus.Pending => "Waiting",
            AgentTaskStatus.InProgress => "In progress",
            _ => status.ToString(),
        };

    /// <summary>
    /// The gate's decision as far as it explains the state: a task that the gate only deferred and that was cancelled
    /// afterwards was not stopped by the gate.
    /// </summary>
    public static string? Decision(
        AgentTaskStatus status,
        string? decision,
        DateTime? nextAllowedAt
    ) => status == AgentTaskStatus.Cancelled && nextAllowedAt is not null ? null : decision;

    /// <summary>One sentence: why the task waits, or what became of it.</summary>
    public static TaskWhy Why(TaskRow row, DateTime now) =>
        row.Status switch
        {
            AgentTaskStatus.Pending => WhyPending(row, now),
            AgentTaskStatus.Assigned when IsHuman(row.Type) => new(
                $"With {row.AgentName ?? "somebody"}: {Bare(row.Reason) ?? "a person decides"}"
            ),
            AgentTaskStatus.Assigned => new(
                $"Reserved for {row.AgentName ?? "an agent"}, not started"
            ),
            AgentTaskStatus.InProgress => new("Under way, started", row.StartedAt),
            AgentTaskStatus.Completed => new(Sentence(row.Outcome) ?? row.Reason ?? "Done"),
            _ => new(
                row.Reason ?? Sentence(row.Outcome) ?? row.Explanation ?? "No reason recorded"
            ),
        };

    /// <summary>"no_answer" → "No answer".</summary>
    public static string? Sentence(string? word) =>
        string.IsNullOrEmpty(word) ? null : word.Replace('_', ' ').Humanize(LetterCasing.Sentence);

    /// <summary>"12 s", "5 min", "3 h", "2 d": the largest unit only, for the narrow column.</summary>
    public static string Age(TimeSpan age) =>
        age switch
        {
            { TotalSeconds: < 60 } => $"{Math.Max(0, age.Seconds)} s",
            { TotalMinutes: < 60 } => $"{age.Minutes} min",
            { TotalHours: < 48 } => $"{(int)age.TotalHours} h",
            _ => $"{age.Days:N0} d",
        };

    /// <summary>"12 tasks changed, 3 left as they were": the toast after a bulk action.</summary>
    public static string Changed(TasksChanged result) =>
        (result.Changed == 1 ? "1 task changed" : $"{result.Changed:N0} tasks changed")
        + (result.Skipped > 0 ? $", {result.Skipped:N0} left as they were" : "");

    private static TaskWhy WhyPending(TaskRow row, DateTime now)
    {
        if (IsHuman(row.Type))
        {
            return new(Bare(row.Reason) ?? Bare(row.Explanation) ?? "Waits for a person");
        }

        if (row.NextAllowedAt is { } next && next > now)
        {
            return new(Bare(row.Explanation) ?? "The gate allows no contact yet", next);
        }

        if (row.GateDecision is not null and not "allowed" and not "allowed_with_warning")
        {
            return new(
                Bare(row.Explanation)
                    ?? (
                        row.GateDecision == "no_agent"
                            ? "No agent has free capacity in its working hours"
                            : "The gate gave no explanation"
                    )
            );
        }

        var again = row.Attempts > 0 ? $" (attempt {row.Attempts + 1} of {row.MaxAttempts})" : "";
        return row.DueAt is { } due && due > now
            ? new(again.Length > 0 ? $"Tries again{again}" : "Not due yet", due)
            : new($"Next in line{again}");
    }

    private static string? Bare(string? sentence) =>
        string.IsNullOrWhiteSpace(sentence) ? null : sentence.Trim().TrimEnd('.');
}

/// <summary>Why a task waits.</summary>
/// <param name="Text">The sentence, without a full stop.</param>
/// <param name="When">UTC; the instant it speaks of, shown beside it.</param>
public sealed record TaskWhy(string Text, DateTime? When = null);
