using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Tasks;

/// <summary>
/// An agent of a person or another program takes due tasks of its kind, most urgent first, as many as it has places for.
/// Nothing is reserved: each one passes the gate when it is started, and goes back when it is not started in time.
/// </summary>
/// <param name="AgentId">Who.</param>
/// <param name="Max">How many at most, 1 to 100.</param>
public sealed record ClaimTasks(Guid AgentId, int Max = 1) : ICommand<IReadOnlyList<Guid>>
{
    private const int Most = 100;

    /// <summary>The agent's row is held before its tasks; tasks that others hold are left to them.</summary>
    private const string Sql = $"""
        WITH agent AS MATERIALIZED (
            SELECT id, greatest(max_concurrent_tasks - coalesce(current_task_count, 0), 0) AS places FROM agents
            WHERE id = @agent FOR NO KEY UPDATE),
        due AS MATERIALIZED (
            SELECT t.id FROM tasks t
            WHERE t.type = @type AND t.status = 'pending' AND t.due_at <= @now
              AND (t.assigned_agent_id IS NULL OR t.assigned_agent_id = @agent)
            ORDER BY (CASE t.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), t.due_at
            LIMIT least(@max, (SELECT places FROM agent))
            FOR UPDATE SKIP LOCKED),
        done AS (
            UPDATE tasks t
            SET status = 'assigned', assigned_agent_id = @agent,
                context = t.context || jsonb_build_object('lease', @lease::jsonb)
            FROM due WHERE t.id = due.id
            RETURNING t.id),
        placed AS (
            UPDATE agents a
            SET current_task_count = coalesce(a.current_task_count, 0) + n.taken, last_active_at = @now,
                status = CASE WHEN coalesce(a.current_task_count, 0) + n.taken >= a.max_concurrent_tasks THEN 'busy'
                              WHEN coalesce(a.current_task_count, 0) + n.taken > 0 THEN 'active' ELSE 'idle' END
            FROM (SELECT count(*)::int AS taken FROM done) n WHERE a.id = @agent),
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'task', id, 'status_changed',
                   jsonb_build_object('status', jsonb_build_object('before', 'pending', 'after', 'assigned')),
                   jsonb_build_object('agent_id', @agent), {CommandSql.AuditValues}
            FROM done)
        SELECT id FROM done
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.TaskManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("agent", AgentId, "claimed");

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<Guid>>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Max is < 1 or > Most)
        {
            return Error.Invalid(nameof(Max), $"Ask for 1 to {Most} tasks.");
        }

        var found = await ActingAgent.FindAsync(context, AgentId, cancellationToken);
        if (found.Error is { } refusal)
        {
            return refusal;
        }

        var agent = found.Value;
        if (agent.Config!.Wish != AgentWish.Run)
        {
            return Error.IllegalTransition(
                $"{agent.Config.Name ?? "The agent"} is {(agent.Config.Wish == AgentWish.Pause ? "paused" : "draining")}: it takes no new tasks."
            );
        }

        return await context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("agent", AgentId);
                p.AddWithValue("type", TaskTypes.Of(agent.Type).ToText());
                p.AddWithValue("max", Max);
                p.AddText("lease", ActingAgent.Lease(AgentId, context.Now + AgentLease.Taken));
            },
            row => row.GetGuid(0),
            cancellationToken
        );
    }
}
