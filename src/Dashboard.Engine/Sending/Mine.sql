-- Reserved attempts of tasks this process holds: found again after the queue lost them. $1 token, $2 most
SELECT a.id FROM tasks t
JOIN contact_attempts a ON a.task_id = t.id AND a.metadata ->> 'delivery' = 'reserved'
WHERE t.status = 'in_progress' AND t.context -> 'lease' ->> 'token' = $1
ORDER BY a.timestamp LIMIT $2
