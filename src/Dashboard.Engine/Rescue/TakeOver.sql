-- Tasks whose worker is gone: its lease ended. They are held anew by this process while it finds out what happened.
-- $1 now, $2 token, $3 until (JSON text), $4 most
WITH lost AS MATERIALIZED (
    SELECT id, context -> 'lease' ->> 'token' AS worker FROM tasks
    WHERE status IN ('in_progress', 'assigned')
      AND (context -> 'lease' ->> 'until')::timestamptz AT TIME ZONE 'UTC' < $1
    ORDER BY id LIMIT $4 FOR UPDATE SKIP LOCKED),
held AS (
    UPDATE tasks t
    SET context = jsonb_set(t.context, '{lease}', jsonb_build_object('until', $3::text, 'token', $2::text))
    FROM lost WHERE t.id = lost.id
    RETURNING t.id, t.assigned_agent_id, t.attempts, t.max_attempts)
SELECT h.id, h.assigned_agent_id, h.attempts, h.max_attempts, a.id, a.channel, a.metadata ->> 'provider'
FROM held h
LEFT JOIN LATERAL (
    SELECT * FROM contact_attempts WHERE task_id = h.id AND metadata ->> 'delivery' = 'reserved'
    ORDER BY timestamp DESC LIMIT 1) a ON true
