-- Pending invoices whose due date has passed become overdue. "Today" is the UTC date, as for every status (PaymentStatusRule).
-- Each change leaves its audit row. $1 today, $2 now, $3 rows at most.
WITH due AS (
  SELECT id FROM payment_records
  WHERE status = 'pending' AND due_date < $1
  ORDER BY due_date, id
  LIMIT $3
  FOR NO KEY UPDATE SKIP LOCKED
), aged AS (
  UPDATE payment_records p SET status = 'overdue' FROM due WHERE p.id = due.id
  RETURNING p.id
)
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, timestamp)
SELECT gen_random_uuid(), 'payment_record', id, 'status_changed', 'system', 'age_invoices',
  '{"status": {"before": "pending", "after": "overdue"}}'::jsonb, $2
FROM aged;
