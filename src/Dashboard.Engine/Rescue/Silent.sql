-- Agents that have not been heard of. $1 silent since before, $2 now
WITH silent AS (
    UPDATE agents SET status = 'offline'
    WHERE status NOT IN ('offline', 'error') AND coalesce(last_active_at, created_at) < $1
    RETURNING id)
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, timestamp)
SELECT gen_random_uuid(), 'agent', id, 'status_changed', 'system', 'rescuer',
       '{"status": {"after": "offline"}}'::jsonb, $2
FROM silent
