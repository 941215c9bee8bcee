-- Places of agents whose tasks were not started after all. $1 agents
UPDATE agents a
SET current_task_count = greatest(a.current_task_count - n.places, 0),
    status = CASE WHEN a.status NOT IN ('active', 'busy') THEN a.status
                  WHEN a.current_task_count - n.places <= 0 THEN 'idle' ELSE 'active' END
FROM (SELECT agent_id, count(*)::int AS places FROM unnest($1) AS x (agent_id) GROUP BY agent_id) n
WHERE a.id = n.agent_id
