-- An agent's count is the tasks it holds. Whoever changes one changes the other under the agent's row lock, and that lock
-- was taken by the statement before this one, so the two can be compared.
UPDATE agents a
SET current_task_count = least(n.held, a.max_concurrent_tasks),
    status = CASE WHEN a.status IN ('offline', 'error') THEN a.status
                  WHEN n.held = 0 THEN 'idle' WHEN n.held < a.max_concurrent_tasks THEN 'active' ELSE 'busy' END
FROM (SELECT x.id, count(t.id)::int AS held
      FROM agents x LEFT JOIN tasks t ON t.assigned_agent_id = x.id AND t.status IN ('assigned', 'in_progress')
      GROUP BY x.id) n
WHERE a.id = n.id AND coalesce(a.current_task_count, 0) <> least(n.held, a.max_concurrent_tasks)
