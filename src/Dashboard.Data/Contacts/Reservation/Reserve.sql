-- The only statement that inserts contact attempts: the reservation, its task's lease and its agent's place at once. A task
-- that its agent had taken before holds its place already.
-- $1 attempts, $2 tasks, $3 agents, $4 customers, $5 campaigns, $6 channels, $7 metadata, $8 additions to the context,
-- $9 instants, $10 statuses before, $11 now, $12 actor's kind, $13 actor
WITH reserved AS MATERIALIZED (
    SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        AS r (attempt_id, task_id, agent_id, customer_id, campaign_id, channel, metadata, context, at, before)),
attempt AS (
    INSERT INTO contact_attempts (id, task_id, agent_id, customer_id, campaign_id, channel, status, timestamp, metadata, created_at)
    SELECT attempt_id, task_id, agent_id, customer_id, campaign_id, channel, 'sent', at, metadata::jsonb, $11 FROM reserved),
task AS (
    UPDATE tasks t
    SET status = 'in_progress', assigned_agent_id = r.agent_id, attempts = coalesce(t.attempts, 0) + 1,
        started_at = coalesce(t.started_at, $11), context = (t.context - 'outcome') || r.context::jsonb
    FROM reserved r WHERE t.id = r.task_id),
agent AS (
    UPDATE agents a
    SET current_task_count = coalesce(a.current_task_count, 0) + n.taken, last_active_at = $11,
        status = CASE WHEN coalesce(a.current_task_count, 0) + n.taken >= a.max_concurrent_tasks THEN 'busy' ELSE 'active' END
    FROM (SELECT agent_id, count(*) FILTER (WHERE before = 'pending')::int AS taken FROM reserved GROUP BY agent_id) n
    WHERE a.id = n.agent_id),
withdrawn AS (
    UPDATE ops.approval_requests r SET status = 'withdrawn', decided_at = $11
    FROM reserved WHERE r.task_id = reserved.task_id AND r.status = 'pending')
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, timestamp)
SELECT gen_random_uuid(), 'task', task_id, 'status_changed', $12, $13,
       jsonb_build_object('status', jsonb_build_object('before', before, 'after', 'in_progress')),
       jsonb_build_object('attempt_id', attempt_id, 'agent_id', agent_id), $11
FROM reserved
