-- Campaigns to look at. Their customers are held for reading only; one that the dispatcher is working on waits for the next
-- tick instead of making us wait while we hold the schedule. $1 now, $2 most
WITH due AS MATERIALIZED (
    SELECT s.campaign_id, c.customer_id
    FROM ops.campaign_schedule s JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.due_at <= $1 AND (c.status = 'active' OR (c.status = 'paused' AND c.paused_until <= $1))
    ORDER BY s.due_at LIMIT $2
    FOR NO KEY UPDATE OF s, c SKIP LOCKED),
held AS MATERIALIZED (
    SELECT id FROM customers WHERE id IN (SELECT customer_id FROM due) FOR KEY SHARE SKIP LOCKED)
SELECT due.campaign_id FROM due JOIN held ON held.id = due.customer_id
