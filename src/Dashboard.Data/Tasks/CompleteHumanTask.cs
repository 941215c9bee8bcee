using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Tasks;

/// <summary>A person finished an <c>escalate</c> or <c>follow_up</c> task; its campaign goes on to the next step.</summary>
/// <param name="TaskId">Which.</param>
/// <param name="Outcome">What came of it, in a sentence.</param>
public sealed record CompleteHumanTask(Guid TaskId, string Outcome) : ICommand<Nothing>
{
    private const string Sql = $"""
        WITH target AS (
            SELECT id, status AS before FROM tasks
            WHERE id = @id AND status IN ('pending', 'assigned', 'in_progress') AND type IN ('escalate', 'follow_up')
            FOR NO KEY UPDATE),
        done AS (
            UPDATE tasks t
            SET status = 'completed', started_at = coalesce(started_at, @now), completed_at = @now,
                context = (t.context - 'lease') || jsonb_build_object('outcome', 'completed', 'note', @reason,
                    'operator', jsonb_build_object('id', @actor_id, 'name', @name,
                        'since', coalesce(t.context -> 'operator' ->> 'since', to_char(@now, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))))
            FROM target WHERE t.id = target.id
            RETURNING t.id, t.campaign_id, target.before, 'completed' AS after, t.assigned_agent_id AS agent_id),
        {TaskSql.WakeCampaigns},
        {TaskSql.AuditStatus}
        SELECT count(*)::int FROM done
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", TaskId, "status_changed");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(Outcome))
        {
            return Error.Invalid(nameof(Outcome), "Say in a sentence what came of it.");
        }

        var changed = await context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("id", TaskId);
                p.AddText("reason", Outcome.Trim());
                p.AddText("name", context.Actor.Name);
            },
            row => row.GetInt32(0),
            cancellationToken
        );
        return changed[0] == 1
            ? default(Nothing)
            : Error.IllegalTransition("Only an open task for a person can be completed here.");
    }
}
