-- One task a campaign, step and round, however many engines try. $1 ids, $2 types, $3 priorities, $4 customers,
-- $5 campaigns, $6 invoices, $7 contexts, $8 most attempts, $9 now
WITH added AS (
    INSERT INTO tasks (id, type, priority, customer_id, campaign_id, payment_record_id, status, context, attempts,
                       max_attempts, due_at, created_at)
    SELECT id, type, priority, customer_id, campaign_id, invoice_id, 'pending', context::jsonb, 0, max_attempts, $9, $9
    FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        AS n (id, type, priority, customer_id, campaign_id, invoice_id, context, max_attempts)
    ON CONFLICT DO NOTHING
    RETURNING id, campaign_id)
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, metadata, timestamp)
SELECT gen_random_uuid(), 'task', id, 'created', 'system', 'campaign_runner', jsonb_build_object('campaign_id', campaign_id), $9
FROM added
