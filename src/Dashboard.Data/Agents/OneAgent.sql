-- One agent of a person or another program, held. $1 agent
SELECT id, type, status, current_task_count, max_concurrent_tasks, working_hours_start, working_hours_end, timezone,
       config ->> 'wish', config ->> 'name'
FROM agents
WHERE id = $1 AND config ->> 'seat' IN ('human', 'external')
FOR NO KEY UPDATE
