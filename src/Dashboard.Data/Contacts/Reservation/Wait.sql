-- Tasks that wait on, with the reason. One that an agent had taken goes back.
-- $1 tasks, $2 due (null = parked), $3 additions to the context, $4 now, $5 actor's kind, $6 actor,
-- $7 audited (a task that waits for an agent only is not worth a row)
WITH w AS MATERIALIZED (SELECT * FROM unnest($1, $2, $3, $7) AS w (task_id, due_at, context, audited)),
task AS (
    UPDATE tasks t
    SET status = 'pending', due_at = w.due_at, context = (t.context - 'lease') || w.context::jsonb,
        assigned_agent_id = CASE WHEN t.status = 'assigned' THEN NULL ELSE t.assigned_agent_id END
    FROM w WHERE t.id = w.task_id)
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, timestamp)
SELECT gen_random_uuid(), 'task', t.id, 'deferred', $5, $6,
       jsonb_build_object('due_at', jsonb_build_object('before', t.due_at, 'after', w.due_at))
           || CASE WHEN t.status = 'pending' THEN '{}' ELSE jsonb_build_object('status',
                  jsonb_build_object('before', t.status, 'after', 'pending')) END,
       jsonb_build_object('gate', w.context::jsonb -> 'gate'), $4
FROM w JOIN tasks t ON t.id = w.task_id WHERE w.audited
