-- The engine's own agents. $1 kinds
SELECT id, type, status, current_task_count, max_concurrent_tasks, working_hours_start, working_hours_end, timezone,
       config ->> 'wish', config ->> 'name'
FROM agents
WHERE type = ANY($1) AND coalesce(config ->> 'seat', 'software') = 'software'
ORDER BY id
