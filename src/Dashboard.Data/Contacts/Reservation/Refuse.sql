-- What the gate did not let through, kept as evidence and for backtests. $1 tasks, $2 customers, $3 campaigns, $4 channels,
-- $5 instants, $6 verdicts, $7 next allowed, $8 binding rules, $9 their names, $10 their sentences, $11 invoices (JSON), $12 findings
INSERT INTO ops.gate_refusals (id, task_id, customer_id, campaign_id, channel, at, verdict, next_allowed_at, rule_id, rule,
                               explanation, debts, findings)
SELECT gen_random_uuid(), task_id, customer_id, campaign_id, channel, at, verdict, next_allowed_at, rule_id, left(rule, 100),
       explanation, ARRAY(SELECT d::uuid FROM jsonb_array_elements_text(debts::jsonb) d), findings::jsonb
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS r
    (task_id, customer_id, campaign_id, channel, at, verdict, next_allowed_at, rule_id, rule, explanation, debts, findings)
