-- What became of sends, all at once: attempt, task, agent, campaign, profile, audit. A task whose lease another process has
-- taken meanwhile is left to it; the attempt is recorded all the same, for it did happen.
-- $1 attempts, $2 tasks, $3 attempt statuses, $4 durations, $5 responses, $6 additions to the metadata, $7 task statuses,
-- $8 additions to the context, $9 due again, $10 customer was contacted, $11 fault of the agent or its provider,
-- $12 token, $13 now, $14 actor, $15 failures in a row that make an error
WITH result AS MATERIALIZED (
    SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS r
        (attempt_id, task_id, attempt_status, duration, response, metadata, task_status, context, due_at, contacted, fault)),
held AS MATERIALIZED (
    SELECT t.id, t.campaign_id, t.assigned_agent_id, t.started_at, r.*
    FROM result r JOIN tasks t ON t.id = r.task_id
    WHERE t.status = 'in_progress' AND t.context -> 'lease' ->> 'token' = $12),
attempt AS (
    UPDATE contact_attempts a
    SET status = CASE WHEN a.status = 'sent' THEN r.attempt_status ELSE a.status END,
        duration = coalesce(r.duration, a.duration), response = coalesce(r.response, a.response),
        metadata = a.metadata || r.metadata::jsonb
    FROM result r WHERE a.id = r.attempt_id
    RETURNING a.customer_id, r.contacted),
task AS (
    UPDATE tasks t
    SET status = h.task_status, due_at = coalesce(h.due_at, t.due_at),
        completed_at = CASE WHEN h.task_status = 'pending' THEN NULL ELSE $13 END,
        assigned_agent_id = CASE WHEN h.task_status = 'pending' THEN NULL ELSE t.assigned_agent_id END,
        context = (t.context - 'lease') || h.context::jsonb
    FROM held h WHERE t.id = h.task_id),
load AS (
    SELECT assigned_agent_id AS agent_id, count(*)::int AS done,
           count(*) FILTER (WHERE task_status = 'completed')::int AS completed,
           count(*) FILTER (WHERE task_status = 'failed')::int AS failed,
           count(*) FILTER (WHERE fault)::int AS faults,
           extract(epoch FROM avg($13 - started_at)) AS seconds
    FROM held GROUP BY assigned_agent_id),
agent AS (
    UPDATE agents a
    SET current_task_count = greatest(a.current_task_count - l.done, 0),
        status = CASE WHEN a.status IN ('offline', 'error') THEN a.status
                      WHEN l.faults = l.done AND coalesce((a.config ->> 'consecutive_failures')::int, 0) + l.faults >= $15 THEN 'error'
                      WHEN a.current_task_count - l.done <= 0 THEN 'idle'
                      WHEN a.current_task_count - l.done < a.max_concurrent_tasks THEN 'active' ELSE 'busy' END,
        config = coalesce(a.config, '{}') || jsonb_build_object('consecutive_failures',
            CASE WHEN l.faults = l.done THEN coalesce((a.config ->> 'consecutive_failures')::int, 0) + l.faults ELSE 0 END),
        performance_metrics = coalesce(a.performance_metrics, '{}') || (
            SELECT jsonb_build_object('tasks_completed', n.completed, 'tasks_failed', n.failed,
                'success_rate', CASE WHEN n.completed + n.failed > 0 THEN round(n.completed::numeric / (n.completed + n.failed), 4) END,
                'avg_response_time', round(((coalesce((a.performance_metrics ->> 'avg_response_time')::numeric, 0)
                    * greatest(n.completed + n.failed - l.completed - l.failed, 0)) + coalesce(l.seconds, 0) * (l.completed + l.failed))
                    / greatest(n.completed + n.failed, 1), 2))
            FROM (SELECT coalesce((a.performance_metrics ->> 'tasks_completed')::bigint, 0) + l.completed AS completed,
                         coalesce((a.performance_metrics ->> 'tasks_failed')::bigint, 0) + l.failed AS failed) n),
        last_active_at = $13
    FROM load l WHERE a.id = l.agent_id),
profile AS (
    UPDATE customer_profiles SET last_contact_date = $13
    WHERE customer_id IN (SELECT customer_id FROM attempt WHERE contacted)),
woken AS (
    INSERT INTO ops.campaign_schedule (campaign_id, due_at)
    SELECT DISTINCT campaign_id, $13 FROM held WHERE campaign_id IS NOT NULL AND task_status <> 'pending' ORDER BY 1
    ON CONFLICT (campaign_id) DO UPDATE SET due_at = excluded.due_at),
audited AS (
    INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, timestamp)
    SELECT gen_random_uuid(), 'task', task_id, 'status_changed', 'agent', coalesce(assigned_agent_id::text, $14),
           jsonb_build_object('status', jsonb_build_object('before', 'in_progress', 'after', task_status)),
           jsonb_build_object('attempt_id', attempt_id, 'attempt_status', attempt_status, 'outcome', context::jsonb -> 'outcome'), $13
    FROM held)
SELECT count(*)::int FROM held
