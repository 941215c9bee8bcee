-- What the messages of reserved attempts are made of. Only attempts whose task this process holds. In place of the line in
-- braces stands MessageSql.Template. $1 attempts, $2 token
SELECT a.id, a.task_id, a.agent_id, a.customer_id, a.campaign_id, a.channel, a.timestamp,
       t.attempts, t.max_attempts, (t.context -> 'lease' ->> 'until')::timestamptz AT TIME ZONE 'UTC',
       c.company_name, c.contact_name, c.email, coalesce(c.mobile, c.phone), coalesce(c.phone, c.mobile), p.timezone,
       coalesce(g.config ->> 'name', g.type || ' agent'),
       tm.name, tm.subject, tm.content, tm.html_content, t.context ->> 'template',
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'number', i.invoice_number, 'open', i.amount - coalesce((i.metadata ->> 'amount_paid')::numeric, 0),
                   'currency', i.currency, 'due_date', i.due_date, 'description', i.description)), '[]')::text
        FROM payment_records i
        WHERE i.id IN (SELECT d::uuid FROM jsonb_array_elements_text(a.metadata -> 'clearance' -> 'debts') d)),
       EXISTS (SELECT FROM ops.demo_entities e WHERE e.table_name = 'customers' AND e.row_id = c.id)
FROM contact_attempts a
JOIN tasks t ON t.id = a.task_id AND t.status = 'in_progress' AND t.context -> 'lease' ->> 'token' = $2
JOIN customers c ON c.id = a.customer_id
LEFT JOIN customer_profiles p ON p.customer_id = c.id
JOIN agents g ON g.id = a.agent_id
{template}
WHERE a.id = ANY($1) AND a.metadata ->> 'delivery' = 'reserved'
