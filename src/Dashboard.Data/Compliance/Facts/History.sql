-- Earlier contacts as far back as any rule looks, and further where a campaign's own cooldown does. An attempt's invoices are
-- in its clearance; older or imported ones have the task's invoice, or none, which the gate counts for every invoice.
-- $1 customers, $2 since, $3 the same in hours before now
SELECT a.customer_id, a.campaign_id, a.channel, a.timestamp, a.status, a.duration,
       ARRAY(SELECT jsonb_array_elements_text(coalesce(
           a.metadata -> 'clearance' -> 'debts',
           (SELECT to_jsonb(ARRAY[t.payment_record_id]) FROM tasks t WHERE t.id = a.task_id AND t.payment_record_id IS NOT NULL),
           '[]'::jsonb))),
       a.metadata ->> 'delivery'
FROM contact_attempts a
WHERE a.customer_id = ANY($1)
  AND (a.timestamp >= $2
       OR (SELECT c.config -> 'cooldown_hours' > to_jsonb($3::int) FROM campaigns c WHERE c.id = a.campaign_id))
