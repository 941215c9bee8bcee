using Dashboard.Data.Commands;
using Dashboard.Data.Tasks;
using Dashboard.Data.Templates;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>The statements about approvals.</summary>
public static class ApprovalSql
{
    /// <summary>
    /// A contact was made on the strength of request <c>r</c>. One that never left (<c>failed</c>) uses nothing up.
    /// </summary>
    private const string Used = """
        EXISTS (SELECT FROM contact_attempts a WHERE a.customer_id = r.customer_id AND a.task_id = r.task_id
                AND a.timestamp >= r.decided_at AND a.status <> 'failed')
        """;

    /// <summary>
    /// id, task, who decided, when, until when, rule (its id, or its name where it has none): the rules whose asking a person has answered with yes. The approval must not have run out, be used up, or
    /// be of another message than the one that would leave now. <c>$1</c> tasks, <c>$2</c> now, <c>$3</c> today.
    /// </summary>
    public static string Honoured { get; } =
        $"""
            SELECT r.id, r.task_id, r.decided_by, r.decided_at, r.expires_at,
                   coalesce(f.finding ->> 'rule_id', f.finding ->> 'rule')
            FROM ops.approval_requests r
            JOIN tasks t ON t.id = r.task_id
            {MessageSql.Template}
            {MessageSql.Owed("$3")}
            CROSS JOIN LATERAL jsonb_array_elements(r.findings) f (finding)
            WHERE r.task_id = ANY($1) AND r.status = 'approved' AND r.expires_at > $2
              AND f.finding ->> 'verdict' = 'requires_approval'
              AND r.message ->> 'key' = {MessageSql.Key}
              AND NOT {Used}
            """;

    /// <summary>
    /// Adds requests; the earlier approvals of the same tasks, which did not count any more, end. <c>$1</c> ids, <c>$2</c>
    /// tasks, <c>$3</c> customers, <c>$4</c> channels, <c>$5</c> rules, <c>$6</c> sentences, <c>$7</c> findings, <c>$8</c> now.
    /// </summary>
    public const string Ask = $"""
        WITH asked AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
                AS a (id, task_id, customer_id, channel, rule, explanation, findings)),
        ended AS (
            UPDATE ops.approval_requests r SET status = CASE WHEN r.expires_at <= $8 THEN 'expired' ELSE 'withdrawn' END
            FROM asked WHERE r.task_id = asked.task_id AND r.status = 'approved' AND NOT {Used})
        INSERT INTO ops.approval_requests (id, task_id, customer_id, channel, rule, explanation, findings, status, requested_at,
                                           payment_record_id)
        SELECT asked.id, asked.task_id, asked.customer_id, asked.channel, left(rule, 100), explanation, findings::jsonb, 'pending',
               $8, t.payment_record_id
        FROM asked JOIN tasks t ON t.id = asked.task_id
        ON CONFLICT (task_id) WHERE status = 'pending' DO NOTHING
        """;

    /// <summary>
    /// Holds the tasks before their requests: whoever ends a task holds it first and its request after (trigger
    /// <c>withdraw_approval_request</c>).
    /// </summary>
    internal const string LockTasks = """
        SELECT id FROM tasks WHERE id IN (SELECT task_id FROM ops.approval_requests WHERE id = ANY(@ids))
        ORDER BY id FOR NO KEY UPDATE
        """;

    /// <summary>id, task, request's status, is the task waiting, did the actor ask for it; in the order of asking.</summary>
    internal const string Read = """
        SELECT r.id, r.task_id, r.status, t.status = 'pending',
               EXISTS (SELECT FROM audit_logs a WHERE a.entity_type = 'task' AND a.entity_id = t.id AND a.action = 'created'
                       AND a.actor_type = @actor_type AND a.actor_id = @actor_id)
        FROM ops.approval_requests r JOIN tasks t ON t.id = r.task_id
        WHERE r.id = ANY(@ids) ORDER BY r.id FOR NO KEY UPDATE OF r
        """;

    private const string AuditRequests = $"""
        noted AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'approval_request', id, @status,
                   jsonb_build_object('status', jsonb_build_object('before', 'pending', 'after', @status)),
                   jsonb_strip_nulls(jsonb_build_object('reason', @note, 'task_id', task_id, 'rule', rule,
                                                        'expires_at', expires_at, 'message_key', message ->> 'key')),
                   {CommandSql.AuditValues}
            FROM decided)
        """;

    private const string Decide = """
        decided AS (
            UPDATE ops.approval_requests r
            SET status = @status, decided_at = @now, decided_by = @actor_id, note = @note, expires_at = @until,
                message = v.message::jsonb
            FROM unnest(@ids, @messages) AS v (id, message) WHERE r.id = v.id
            RETURNING r.id, r.task_id, r.rule, r.expires_at, r.message)
        """;

    /// <summary>Approves; the tasks are due now, and what the gate said is forgotten, for it is asked again.</summary>
    internal const string Approve = $"""
        WITH {Decide},
        {AuditRequests},
        freed AS (
            UPDATE tasks t SET due_at = @now, context = t.context - 'gate' FROM decided WHERE t.id = decided.task_id
            RETURNING t.id)
        INSERT INTO {CommandSql.AuditColumns}
        SELECT gen_random_uuid(), 'task', id, 'approved', NULL, jsonb_strip_nulls(jsonb_build_object('reason', @note)),
               {CommandSql.AuditValues}
        FROM freed
        """;

    /// <summary>Rejects; the tasks end, and where the step has another channel, go there.</summary>
    internal const string Reject = $"""
        WITH {Decide},
        {AuditRequests},
        done AS (
            UPDATE tasks t
            SET status = 'cancelled', completed_at = @now,
                context = (t.context - 'lease') || jsonb_build_object('reason', @reason, 'outcome', 'cancelled')
            FROM decided WHERE t.id = decided.task_id
            RETURNING t.*, 'pending' AS before, 'cancelled' AS after, t.context ->> 'fallback_channel' AS way),
        successor AS (
            INSERT INTO tasks (id, type, priority, customer_id, campaign_id, payment_record_id, status, context, attempts,
                               max_attempts, due_at, created_at)
            SELECT gen_random_uuid(), CASE way WHEN 'email' THEN 'send_email' WHEN 'sms' THEN 'send_sms' ELSE 'make_call' END,
                   priority, customer_id, campaign_id, payment_record_id, 'pending',
                   jsonb_strip_nulls(jsonb_build_object(
                       'step_number', context -> 'step_number', 'round', coalesce((context ->> 'round')::int, 1) + 1,
                       'channel', way, 'template', context -> 'template',
                       'reason', concat('Goes by ', way, ' instead of ', context ->> 'channel', ': ', @reason))),
                   0, max_attempts, @now, @now
            FROM done WHERE way IN ('email', 'sms', 'phone') AND way IS DISTINCT FROM context ->> 'channel'
            RETURNING id),
        made AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'task', id, 'created', NULL, NULL, 'system', 'approvals', NULL, NULL, @now
            FROM successor),
        {TaskSql.WakeCampaigns},
        {TaskSql.AuditStatus}
        SELECT count(*)::int FROM done
        """;
}
