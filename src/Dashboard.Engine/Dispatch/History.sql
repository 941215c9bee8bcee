-- Earlier contacts as far back as any rule looks. An attempt's invoices are in its clearance; older or imported ones have
-- the task's invoice, or none, which the gate counts for every invoice. $1 customers, $2 since
SELECT a.customer_id, a.campaign_id, a.channel, a.timestamp, a.status, a.duration,
       ARRAY(SELECT jsonb_array_elements_text(coalesce(
           a.metadata -> 'clearance' -> 'debts',
           (SELECT to_jsonb(ARRAY[t.payment_record_id]) FROM tasks t WHERE t.id = a.task_id AND t.payment_record_id IS NOT NULL),
           '[]'::jsonb)))
FROM contact_attempts a
WHERE a.customer_id = ANY($1) AND a.timestamp >= $2
