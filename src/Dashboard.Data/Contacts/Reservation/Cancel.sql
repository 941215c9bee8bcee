-- Tasks whose contact will never be allowed, and what takes their place (a task on the fallback channel, or for a person).
-- $1 tasks, $2 additions to the context, $3 successor types (null = none), $4 successor contexts, $5 successor priorities,
-- $6 now, $7 actor's kind, $8 actor, $9 statuses before
WITH c AS MATERIALIZED (
    SELECT * FROM unnest($1, $2, $3, $4, $5, $9) AS c (task_id, context, next_type, next_context, next_priority, before)),
ended AS (
    UPDATE tasks t SET status = 'cancelled', completed_at = $6, context = (t.context - 'lease') || c.context::jsonb
    FROM c WHERE t.id = c.task_id
    RETURNING t.*, c.next_type, c.next_context, c.next_priority, c.before),
successor AS (
    INSERT INTO tasks (id, type, priority, customer_id, campaign_id, payment_record_id, status, context, attempts,
                       max_attempts, due_at, created_at)
    SELECT gen_random_uuid(), next_type, coalesce(next_priority, priority), customer_id, campaign_id, payment_record_id,
           'pending', next_context::jsonb, 0, max_attempts, $6, $6
    FROM ended WHERE next_type IS NOT NULL
    RETURNING id),
withdrawn AS (
    UPDATE ops.approval_requests r SET status = 'withdrawn', decided_at = $6
    FROM ended WHERE r.task_id = ended.id AND r.status = 'pending'),
woken AS (
    INSERT INTO ops.campaign_schedule (campaign_id, due_at)
    SELECT DISTINCT campaign_id, $6 FROM ended WHERE campaign_id IS NOT NULL ORDER BY 1
    ON CONFLICT (campaign_id) DO UPDATE SET due_at = excluded.due_at)
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, timestamp)
SELECT gen_random_uuid(), 'task', id, 'status_changed', $7, $8,
       jsonb_build_object('status', jsonb_build_object('before', before, 'after', 'cancelled')),
       jsonb_build_object('reason', context -> 'reason', 'gate', context -> 'gate'), $6
FROM ended
UNION ALL
SELECT gen_random_uuid(), 'task', id, 'created', $7, $8, NULL, NULL, $6 FROM successor
