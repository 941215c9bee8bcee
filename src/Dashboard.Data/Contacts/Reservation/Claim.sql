-- Due pending tasks of one kind each, most urgent first, with their customers' rows. A customer that another worker holds
-- is left to that worker: its task is not returned and its lock ends with this transaction.
-- FOR UPDATE on the customer also makes every insert that refers to it wait (an opt-out by plain SQL, say), so what is
-- read after this statement cannot be outdated by something that committed before us.
-- $1 task types, $2 how many of each, $3 now
WITH due AS MATERIALIZED (
    SELECT t.id, t.type, t.priority, t.customer_id, t.campaign_id, t.payment_record_id, t.assigned_agent_id,
           t.status, t.context, t.due_at, k.ordinal
    FROM unnest($1, $2) WITH ORDINALITY AS k (type, places, ordinal)
    CROSS JOIN LATERAL (
        SELECT * FROM tasks
        WHERE tasks.type = k.type AND status = 'pending' AND due_at <= $3
        ORDER BY (CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), due_at
        LIMIT k.places
        FOR UPDATE SKIP LOCKED) t),
held AS MATERIALIZED (
    SELECT id FROM customers WHERE id IN (SELECT customer_id FROM due) FOR UPDATE SKIP LOCKED)
SELECT due.id, due.type, due.customer_id, due.campaign_id, due.payment_record_id, due.assigned_agent_id,
       due.status, due.context::text, due.due_at
FROM due JOIN held ON held.id = due.customer_id
ORDER BY (CASE due.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), due.due_at, due.id
