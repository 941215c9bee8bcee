using Dashboard.Data.Commands;

namespace Dashboard.Data.Tasks;

/// <summary>Parts that the statements on tasks share. They expect a CTE <c>done (id, campaign_id, before, after, …)</c>.</summary>
internal static class TaskSql
{
    /// <summary>Writes one audit row a changed task; needs <c>@reason</c>.</summary>
    public const string AuditStatus = $"""
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'task', id, 'status_changed',
                   jsonb_build_object('status', jsonb_build_object('before', before, 'after', after)),
                   jsonb_strip_nulls(jsonb_build_object('reason', @reason)),
                   {CommandSql.AuditValues}
            FROM done)
        """;

    /// <summary>Has the campaign runner look at the campaigns of ended tasks at once.</summary>
    public const string WakeCampaigns = """
        woken AS (
            INSERT INTO ops.campaign_schedule (campaign_id, due_at)
            SELECT DISTINCT campaign_id, @now FROM done WHERE campaign_id IS NOT NULL ORDER BY 1
            ON CONFLICT (campaign_id) DO UPDATE SET due_at = excluded.due_at)
        """;

    /// <summary>Nobody has to decide any more about contacts that will not happen.</summary>
    public const string WithdrawApprovals = """
        withdrawn AS (
            UPDATE ops.approval_requests r SET status = 'withdrawn', decided_at = @now
            FROM done WHERE r.task_id = done.id AND r.status = 'pending')
        """;

    /// <summary>Gives back the places that assigned tasks held at their agents.</summary>
    public const string ReleaseAgents = """
        released AS (
            UPDATE agents a
            SET current_task_count = greatest(a.current_task_count - held.n, 0),
                status = CASE WHEN a.status NOT IN ('active', 'busy') THEN a.status
                              WHEN a.current_task_count - held.n <= 0 THEN 'idle' ELSE 'active' END
            FROM (SELECT agent_id, count(*)::int AS n FROM done
                  WHERE before = 'assigned' AND agent_id IS NOT NULL GROUP BY agent_id) held
            WHERE a.id = held.agent_id)
        """;
}
