using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Tasks;

/// <summary>Cancels waiting tasks. What is in progress or done is left as it is and counted as skipped.</summary>
/// <param name="Tasks">Which.</param>
/// <param name="Reason">Shown on the task and in the audit log.</param>
public sealed record CancelTasks(TaskSelection Tasks, string? Reason = null)
    : ICommand<TasksChanged>
{
    private const string Sql = $"""
        WITH target AS (
            SELECT id, status AS before, assigned_agent_id AS agent_id FROM tasks
            WHERE id = ANY(@ids) AND status IN ('pending', 'assigned')
            ORDER BY id FOR NO KEY UPDATE),
        done AS (
            UPDATE tasks t
            SET status = 'cancelled', completed_at = @now,
                context = (t.context - 'lease')
                    || jsonb_build_object('reason', coalesce(@reason, 'Cancelled by an operator.'), 'outcome', 'cancelled')
            FROM target WHERE t.id = target.id
            RETURNING t.id, t.campaign_id, target.before, 'cancelled' AS after, target.agent_id),
        {TaskSql.ReleaseAgents},
        {TaskSql.WithdrawApprovals},
        {TaskSql.WakeCampaigns},
        {TaskSql.AuditStatus}
        SELECT count(*)::int FROM done
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.Stoppers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", Tasks.Key, "status_changed");

    /// <inheritdoc />
    public async Task<Result<TasksChanged>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var ids = await Tasks.ResolveAsync(context.Db, cancellationToken);
        var changed = await context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("ids", ids);
                p.AddText("reason", Reason);
            },
            row => row.GetInt32(0),
            cancellationToken
        );
        return TaskRefusals.Judge(
            ids,
            changed[0],
            "Only a task that waits can be cancelled; this one is in progress or done."
        );
    }
}

/// <summary>Turns "nothing changed" into a refusal with the reason.</summary>
internal static class TaskRefusals
{
    public static Result<TasksChanged> Judge(Guid[] selected, int changed, string refusal) =>
        changed == 0 && selected.Length > 0
            ? Error.IllegalTransition(refusal)
            : new TasksChanged(changed, selected.Length - changed);
}
