-- Research of customers: how late they pay, how often they respond, how risky they are, from what is on file. It contacts
-- nobody, so no gate. The score is half delay (60 days late on average = full), three tenths share of overdue invoices, two
-- tenths silence. $1 now, $2 most, $3 today
WITH due AS MATERIALIZED (
    SELECT id, customer_id, campaign_id FROM tasks
    WHERE type = 'research_customer' AND status = 'pending' AND due_at <= $1
    ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED),
subject AS MATERIALIZED (SELECT DISTINCT customer_id FROM due),
paying AS (
    SELECT s.customer_id,
           round(avg(greatest(coalesce(i.paid_date, $3) - i.due_date, 0)) FILTER (WHERE i.paid_date IS NOT NULL OR i.due_date < $3))::int AS delay,
           count(i.id) FILTER (WHERE i.paid_date IS NULL AND i.due_date < $3)::numeric / greatest(count(i.id), 1) AS overdue
    FROM subject s LEFT JOIN payment_records i ON i.customer_id = s.customer_id AND i.status <> 'cancelled'
    GROUP BY s.customer_id),
responding AS (
    SELECT s.customer_id, count(a.id) FILTER (WHERE a.status IN ('answered', 'replied'))::numeric / nullif(count(a.id), 0) AS rate
    FROM subject s LEFT JOIN contact_attempts a ON a.customer_id = s.customer_id AND a.status NOT IN ('failed', 'bounced')
    GROUP BY s.customer_id),
judged AS (
    SELECT p.customer_id, p.delay, round(r.rate, 2) AS rate,
           round(50 * least(coalesce(p.delay, 0) / 60.0, 1) + 30 * p.overdue + 20 * (1 - coalesce(r.rate, 0.5)), 2) AS score
    FROM paying p JOIN responding r USING (customer_id)),
profile AS (
    INSERT INTO customer_profiles (id, customer_id, average_payment_delay, response_rate, risk_score, risk_level, created_at)
    SELECT gen_random_uuid(), customer_id, delay, rate, score,
           CASE WHEN score >= 75 THEN 'critical' WHEN score >= 50 THEN 'high' WHEN score >= 25 THEN 'medium' ELSE 'low' END, $1
    FROM judged
    ON CONFLICT (customer_id) DO UPDATE
    SET average_payment_delay = excluded.average_payment_delay, response_rate = excluded.response_rate,
        risk_score = excluded.risk_score, risk_level = excluded.risk_level),
done AS (
    UPDATE tasks t
    SET status = 'completed', started_at = $1, completed_at = $1,
        assigned_agent_id = (SELECT id FROM agents WHERE type = 'research' AND status <> 'offline' ORDER BY id LIMIT 1),
        context = t.context || '{"outcome": "completed", "reason": "The profile was brought up to date."}'::jsonb
    FROM due WHERE t.id = due.id
    RETURNING t.id, t.campaign_id),
woken AS (
    INSERT INTO ops.campaign_schedule (campaign_id, due_at)
    SELECT DISTINCT campaign_id, $1 FROM done WHERE campaign_id IS NOT NULL ORDER BY 1
    ON CONFLICT (campaign_id) DO UPDATE SET due_at = excluded.due_at),
audited AS (
    INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, timestamp)
    SELECT gen_random_uuid(), 'task', id, 'status_changed', 'system', 'research',
           '{"status": {"before": "pending", "after": "completed"}}'::jsonb, $1
    FROM done)
SELECT count(*)::int FROM done
