-- Contacts, refusals and inbound contacts of a period, by customer and time. At the same instant what the customer did comes
-- first, then what was reserved, then what was refused beside it. An attempt's invoices are in its clearance; older or imported
-- ones have the task's invoice, or none, as for the gate. The last column is the hardest verdict of the rules that acted and
-- are not replaced. $1 history from, $2 period from, $3 period to, $4 the replaced rule, $5 names of replaced findings without a rule,
-- $6 purposes matter, $7 verdicts from the mildest
DECLARE past_events NO SCROLL CURSOR FOR
SELECT e.* FROM (
    SELECT a.customer_id, a.timestamp AS at, 1 AS kind, a.id, a.task_id, a.campaign_id, a.channel, a.status, a.duration,
           coalesce((a.metadata #> '{clearance,debts}')::text,
                    (SELECT '["' || t.payment_record_id || '"]' FROM tasks t WHERE t.id = a.task_id)) AS debts,
           CASE WHEN $6 THEN a.metadata #>> '{clearance,purpose}' END AS purpose,
           NULL::timestamp AS next_allowed_at, NULL::int AS others
    FROM contact_attempts a WHERE a.timestamp >= $1 AND a.timestamp < $3
    UNION ALL
    SELECT r.customer_id, r.at, 2, r.id, r.task_id, r.campaign_id, r.channel, r.verdict, NULL, to_jsonb(r.debts)::text, NULL,
           r.next_allowed_at,
           greatest(
               CASE WHEN r.rule_id IS DISTINCT FROM $4 AND r.rule <> ALL($5) THEN array_position($7, r.verdict::text) - 1 END,
               (SELECT max(array_position($7, f ->> 'verdict')) - 1
                FROM jsonb_array_elements(CASE jsonb_typeof(r.findings) WHEN 'array' THEN r.findings ELSE '[]' END) f
                WHERE f ->> 'rule_id' IS DISTINCT FROM $4::text AND f ->> 'rule' <> ALL($5)
                  AND f ->> 'shadow' IS DISTINCT FROM 'true'))
    FROM ops.gate_refusals r WHERE r.at >= $2 AND r.at < $3
    UNION ALL
    SELECT i.customer_id, i.received_at, 0, i.id, NULL, NULL, i.channel,
           CASE i.channel WHEN 'phone' THEN 'answered' ELSE 'replied' END, i.duration, NULL, NULL, NULL, NULL
    FROM ops.inbound_contacts i WHERE i.customer_id IS NOT NULL AND i.received_at >= $1 AND i.received_at < $3) e
ORDER BY e.customer_id, e.at, e.kind, e.id
