-- $1 ids, $2 tasks, $3 customers, $4 channels, $5 rules, $6 explanations, $7 findings, $8 now
INSERT INTO ops.approval_requests (id, task_id, customer_id, channel, rule, explanation, findings, status, requested_at)
SELECT id, task_id, customer_id, channel, left(rule, 100), explanation, findings::jsonb, 'pending', $8
FROM unnest($1, $2, $3, $4, $5, $6, $7) AS a (id, task_id, customer_id, channel, rule, explanation, findings)
ON CONFLICT (task_id) WHERE status = 'pending' DO NOTHING
