-- One task that nobody has started. $1 task, $2 its customer, who is held
SELECT id, type, customer_id, campaign_id, payment_record_id, assigned_agent_id, status, context::text, coalesce(due_at, created_at)
FROM tasks
WHERE id = $1 AND customer_id = $2 AND status IN ('pending', 'assigned') AND type IN ('send_email', 'send_sms', 'make_call')
FOR UPDATE
