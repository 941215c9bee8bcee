using Dashboard.Data.Commands;
using Dashboard.Data.Contacts.Results;
using Dashboard.Data.Operators;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Tasks;

/// <summary>
/// An agent could not carry out a contact: it never connected, or never left. It is tried again while attempts are left. A task
/// that was taken and not started just goes back.
/// </summary>
/// <param name="TaskId">The task.</param>
/// <param name="AgentId">Who has it.</param>
/// <param name="Reason">What went wrong, in a sentence.</param>
public sealed record FailTask(Guid TaskId, Guid AgentId, string Reason) : ICommand<AgentTaskStatus>
{
    private const string SqlGiveBack = $"""
        WITH target AS (
            SELECT id, status AS before, assigned_agent_id AS agent_id FROM tasks
            WHERE id = @task AND status = 'assigned' AND assigned_agent_id = @agent FOR NO KEY UPDATE),
        done AS (
            UPDATE tasks t
            SET status = 'pending', assigned_agent_id = NULL,
                context = (t.context - 'lease') || jsonb_build_object('reason', @reason)
            FROM target WHERE t.id = target.id
            RETURNING t.id, t.campaign_id, target.before, 'pending' AS after, target.agent_id),
        {TaskSql.ReleaseAgents},
        {TaskSql.AuditStatus}
        SELECT count(*)::int FROM done
        """;

    /// <summary>Time between two tries of a task.</summary>
    private static readonly TimeSpan s_retryBackOff = TimeSpan.FromMinutes(15);

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
        if (string.IsNullOrWhiteSpace(Reason))
        {
            return Error.Invalid(nameof(Reason), "Say in a sentence what went wrong.");
        }

        var task = await StartedTask.FindAsync(context, TaskId, AgentId, cancellationToken);
        if (task is null)
        {
            return Error.NotFound("There is no such contact task.");
        }

        if (task is { Status: AgentTaskStatus.Assigned, IsMine: true })
        {
            return await GiveBackAsync(context, cancellationToken);
        }

        if (task is not { AttemptId: { } attempt, IsOpen: true })
        {
            return Error.IllegalTransition(
                "This agent has started no contact for this task whose result is still to be told."
            );
        }

        var result = Result(task, attempt, context.Now);
        var moved = await task.RecordAsync(context, result, cancellationToken);
        return moved > 0 ? result.TaskStatus : task.Status;
    }

    private async Task<Result<AgentTaskStatus>> GiveBackAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        await context.ExecuteAsync(
            SqlGiveBack,
            p =>
            {
                p.AddWithValue("task", TaskId);
                p.AddWithValue("agent", AgentId);
                p.AddText("reason", $"Its agent gave it back: {Reason}");
            },
            cancellationToken
        );
        return AgentTaskStatus.Pending;
    }

    private AttemptResult Result(StartedTask task, Guid attempt, DateTime now)
    {
        var next = task.IsLastAttempt ? AgentTaskStatus.Failed : AgentTaskStatus.Pending;
        var metadata = new ContactMetadata { Delivery = Delivery.Confirmed, Failure = Reason };
        return new AttemptResult(
            attempt,
            TaskId,
            AgentId,
            ContactStatus.Failed,
            next,
            next == AgentTaskStatus.Pending ? now + s_retryBackOff : null,
            JsonShape.Write(metadata),
            JsonShape.Write(new TaskContext { Outcome = "not_sent", Reason = Reason }),
            Contacted: false,
            Fault: true,
            null,
            null
        );
    }
}
