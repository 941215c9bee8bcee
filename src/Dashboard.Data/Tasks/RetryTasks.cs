using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Tasks;

/// <summary>
/// Tries again: a waiting task falls due now; a failed or cancelled one gets a successor (the next round of its step),
/// because a finished task stays finished. Either way the gate decides anew.
/// </summary>
public sealed record RetryTasks(TaskSelection Tasks) : ICommand<TasksChanged>
{
    private const string SqlWaiting = $"""
        WITH target AS (
            SELECT id, due_at FROM tasks
            WHERE id = ANY(@ids) AND status = 'pending'
              AND context -> 'gate' ->> 'decision' IS DISTINCT FROM 'requires_approval'
            ORDER BY id FOR NO KEY UPDATE),
        done AS (
            UPDATE tasks t SET due_at = @now, context = t.context - 'gate'
            FROM target WHERE t.id = target.id
            RETURNING t.id, target.due_at AS before),
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'task', id, 'retried',
                   jsonb_build_object('due_at', jsonb_build_object('before', before, 'after', @now)), NULL,
                   {CommandSql.AuditValues}
            FROM done)
        SELECT count(*)::int FROM done
        """;

    private const string SqlEnded = $"""
        WITH target AS (
            SELECT t.* FROM tasks t
            WHERE t.id = ANY(@ids) AND t.status IN ('failed', 'cancelled')
              AND NOT EXISTS (SELECT 1 FROM tasks s WHERE s.customer_id = t.customer_id AND s.context ->> 'retry_of' = t.id::text)
            ORDER BY t.id FOR NO KEY UPDATE),
        rounds AS (
            SELECT target.id, max(coalesce((t.context ->> 'round')::int, 1)) AS last
            FROM target JOIN tasks t ON t.campaign_id = target.campaign_id
             AND t.context ->> 'step_number' = target.context ->> 'step_number'
            GROUP BY target.id),
        done AS (
            INSERT INTO tasks (id, type, priority, customer_id, campaign_id, payment_record_id, status, context,
                               attempts, max_attempts, due_at, created_at)
            SELECT gen_random_uuid(), target.type, target.priority, target.customer_id, target.campaign_id,
                   target.payment_record_id, 'pending',
                   (target.context - '{"{gate,lease,outcome,reason}"}'::text[]) || jsonb_build_object(
                       'retry_of', target.id, 'reason', 'Retried by an operator.',
                       'round', coalesce(rounds.last, coalesce((target.context ->> 'round')::int, 1))
                           + row_number() OVER (PARTITION BY target.campaign_id, target.context ->> 'step_number' ORDER BY target.id)),
                   0, target.max_attempts, @now, @now
            FROM target LEFT JOIN rounds ON rounds.id = target.id
            RETURNING id, context ->> 'retry_of' AS retry_of),
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'task', id, 'created', NULL,
                   jsonb_build_object('retry_of', retry_of), {CommandSql.AuditValues}
            FROM done)
        SELECT count(*)::int FROM done
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", Tasks.Key, "retried");

    /// <inheritdoc />
    public async Task<Result<TasksChanged>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var ids = await Tasks.ResolveAsync(context.Db, cancellationToken);
        var changed = 0;
        foreach (var sql in new[] { SqlWaiting, SqlEnded })
        {
            var rows = await context.QueryAsync(
                sql,
                p => p.AddWithValue("ids", ids),
                row => row.GetInt32(0),
                cancellationToken
            );
            changed += rows[0];
        }

        return TaskRefusals.Judge(
            ids,
            changed,
            "Only a waiting, failed or cancelled task can be retried, a finished one only once, and one that needs approval not before it is approved."
        );
    }
}
