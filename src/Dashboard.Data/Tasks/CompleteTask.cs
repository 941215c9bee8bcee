using Dashboard.Data.Commands;
using Dashboard.Data.Contacts.Results;
using Dashboard.Data.Operators;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Tasks;

/// <summary>
/// An agent says what became of a contact it started. Told late, after the task was given up as unconfirmed, it is recorded all
/// the same: a conversation counts whenever we hear of it.
/// </summary>
/// <param name="TaskId">The task.</param>
/// <param name="AgentId">Who started it.</param>
/// <param name="Outcome">Of a call <c>answered</c>, <c>voicemail</c>, <c>no_answer</c>; of a message <c>sent</c>, <c>delivered</c>, <c>opened</c>, <c>replied</c>, <c>bounced</c>.</param>
/// <param name="DurationSeconds">Of a call, 0 to 86,400; 0 = somebody picked up and nobody spoke.</param>
/// <param name="Response">What the customer said.</param>
public sealed record CompleteTask(
    Guid TaskId,
    Guid AgentId,
    string Outcome,
    int? DurationSeconds = null,
    string? Response = null
) : ICommand<AgentTaskStatus>
{
    private const int LongestCall = 86_400;

    /// <summary>Time between two calls of a task when nobody answered.</summary>
    private static readonly TimeSpan s_callBackOff = TimeSpan.FromHours(3);

    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", TaskId, "status_changed");

    /// <inheritdoc />
    public async Task<Result<AgentTaskStatus>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var task = await StartedTask.FindAsync(context, TaskId, AgentId, cancellationToken);
        if (task is null)
        {
            return Error.NotFound("There is no such contact task.");
        }

        if (task is not { AttemptId: { } attempt, IsOpen: true })
        {
            return Error.IllegalTransition(
                "This agent has started no contact for this task whose result is still to be told."
            );
        }

        if (!ReportedOutcome.For(task.Channel).TryGetValue(Outcome, out var status))
        {
            return Error.Invalid(
                nameof(Outcome),
                $"'{Outcome}' is no outcome of this contact: use {string.Join(", ", ReportedOutcome.For(task.Channel).Keys)}."
            );
        }

        if (DurationSeconds is < 0 or > LongestCall)
        {
            return Error.Invalid(
                nameof(DurationSeconds),
                $"A call lasts 0 to {LongestCall} seconds."
            );
        }

        var result = Result(task, attempt, status, context.Now);
        var moved = await task.RecordAsync(context, result, cancellationToken);
        return moved > 0 ? result.TaskStatus : task.Status;
    }

    private AttemptResult Result(StartedTask task, Guid attempt, ContactStatus status, DateTime now)
    {
        var isUnanswered = task.Channel == Channel.Phone && Outcome == ReportedOutcome.NoAnswer;
        var next =
            isUnanswered && !task.IsLastAttempt ? AgentTaskStatus.Pending
            : isUnanswered || status == ContactStatus.Bounced ? AgentTaskStatus.Failed
            : AgentTaskStatus.Completed;
        return new AttemptResult(
            attempt,
            TaskId,
            AgentId,
            status,
            next,
            next == AgentTaskStatus.Pending ? now + s_callBackOff : null,
            """{"delivery": "confirmed"}""",
            JsonShape.Write(
                new TaskContext
                {
                    Outcome = Outcome,
                    Reason = next switch
                    {
                        AgentTaskStatus.Pending => "Nobody answered; it is tried again.",
                        AgentTaskStatus.Failed when isUnanswered =>
                            "Nobody answered in all its attempts.",
                        AgentTaskStatus.Failed => "The address refused it.",
                        _ => null,
                    },
                }
            ),
            Contacted: status != ContactStatus.Bounced,
            Fault: false,
            task.Channel == Channel.Phone ? DurationSeconds : null,
            Response
        );
    }
}
