-- Asks, or brings up to date what an open request says. $1 ids, $2 tasks, $3 customers, $4 channels, $5 rules, $6 explanations,
-- $7 findings, $8 now, $9 invoices
INSERT INTO ops.approval_requests (id, task_id, customer_id, channel, rule, explanation, findings, status, requested_at, payment_record_id)
SELECT id, task_id, customer_id, channel, left(rule, 100), explanation, findings::jsonb, 'pending', $8, invoice
FROM unnest($1, $2, $3, $4, $5, $6, $7, $9) AS a (id, task_id, customer_id, channel, rule, explanation, findings, invoice)
ON CONFLICT (task_id) WHERE status = 'pending' DO UPDATE
SET rule = excluded.rule, explanation = excluded.explanation, findings = excluded.findings,
    requested_at = excluded.requested_at, payment_record_id = excluded.payment_record_id, channel = excluded.channel
