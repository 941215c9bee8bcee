-- The engine's own agents are alive while an engine is. Those in error get another chance after a while.
-- $1 now, $2 errors from before this instant are forgiven
UPDATE agents
SET last_active_at = $1,
    status = CASE WHEN status = 'offline' OR (status = 'error' AND coalesce(last_active_at, created_at) < $2) THEN
                       CASE WHEN coalesce(current_task_count, 0) = 0 THEN 'idle'
                            WHEN current_task_count < max_concurrent_tasks THEN 'active' ELSE 'busy' END
                  ELSE status END,
    config = CASE WHEN status = 'error' AND coalesce(last_active_at, created_at) < $2
                  THEN coalesce(config, '{}') || '{"consecutive_failures": 0}'::jsonb ELSE config END
WHERE coalesce(config ->> 'seat', 'software') = 'software'
  AND (status <> 'error' OR coalesce(last_active_at, created_at) < $2)
