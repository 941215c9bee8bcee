-- Tasks for which nothing was reserved wait again. $1 tasks, $2 token, $3 now
WITH freed AS (
    UPDATE tasks t
    SET status = 'pending', due_at = $3, assigned_agent_id = NULL,
        context = (t.context - 'lease') || '{"reason": "Its agent was lost before anything was sent."}'::jsonb
    FROM (SELECT id, status, assigned_agent_id FROM tasks WHERE id = ANY($1) FOR NO KEY UPDATE) old
    WHERE t.id = old.id AND old.status IN ('in_progress', 'assigned') AND t.context -> 'lease' ->> 'token' = $2
    RETURNING t.id, old.status AS before)
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, timestamp)
SELECT gen_random_uuid(), 'task', id, 'status_changed', 'system', 'rescuer',
       jsonb_build_object('status', jsonb_build_object('before', before, 'after', 'pending')), NULL, $3
FROM freed
