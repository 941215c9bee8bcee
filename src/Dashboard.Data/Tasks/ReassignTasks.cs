using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Tasks;

/// <summary>
/// Says which agent shall take waiting tasks; null lets the dispatcher choose again. Tasks of another kind than the
/// agent's are skipped.
/// </summary>
public sealed record ReassignTasks(TaskSelection Tasks, Guid? AgentId) : ICommand<TasksChanged>
{
    private const string Sql = $"""
        WITH target AS (
            SELECT id, assigned_agent_id AS before FROM tasks
            WHERE id = ANY(@ids) AND status = 'pending' AND (@type IS NULL OR type = @type)
            ORDER BY id FOR NO KEY UPDATE),
        done AS (
            UPDATE tasks t SET assigned_agent_id = @agent
            FROM target WHERE t.id = target.id
            RETURNING t.id, target.before),
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'task', id, 'reassigned',
                   jsonb_build_object('assigned_agent_id', jsonb_build_object('before', before, 'after', @agent)), NULL,
                   {CommandSql.AuditValues}
            FROM done)
        SELECT count(*)::int FROM done
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("task", Tasks.Key, "reassigned");

    /// <inheritdoc />
    public async Task<Result<TasksChanged>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        string? type = null;
        if (AgentId is { } id)
        {
            var agent = await context
                .Db.Agents.AsNoTracking()
                .SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
            if (agent is null)
            {
                return Error.NotFound("This agent does not exist any more. Choose another one.");
            }

            type = TaskTypes.Of(agent.Type).ToText();
        }

        var ids = await Tasks.ResolveAsync(context.Db, cancellationToken);
        var changed = await context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("ids", ids);
                p.AddText("type", type);
                p.Add(
                    new("agent", NpgsqlTypes.NpgsqlDbType.Uuid)
                    {
                        Value = (object?)AgentId ?? DBNull.Value,
                    }
                );
            },
            row => row.GetInt32(0),
            cancellationToken
        );
        return TaskRefusals.Judge(
            ids,
            changed[0],
            "Only a waiting task of the agent's own kind can be reassigned."
        );
    }
}
