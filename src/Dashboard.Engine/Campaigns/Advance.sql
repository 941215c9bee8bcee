-- Where the campaigns stand now. $1 campaigns, $2 statuses, $3 steps behind, $4 steps' results, $5 next look (null = none),
-- $6 now
WITH n AS MATERIALIZED (
    SELECT * FROM unnest($1, $2, $3, $4, $5) AS n (id, status, current_step, steps, due_at)),
figures AS MATERIALIZED (
    SELECT n.id, count(a.id)::int AS total,
           count(a.id) FILTER (WHERE a.status IN ('delivered', 'opened', 'answered', 'replied'))::int AS successful
    FROM n LEFT JOIN contact_attempts a ON a.campaign_id = n.id GROUP BY n.id),
channels AS MATERIALIZED (
    SELECT id, jsonb_agg(jsonb_build_object('channel', channel, 'attempts', attempts, 'delivered', delivered,
               'responses', responses) ORDER BY channel) AS list
    FROM (SELECT n.id, a.channel, count(*)::int AS attempts,
                 count(*) FILTER (WHERE a.status IN ('delivered', 'opened', 'answered', 'replied'))::int AS delivered,
                 count(*) FILTER (WHERE a.status IN ('answered', 'replied'))::int AS responses
          FROM n JOIN contact_attempts a ON a.campaign_id = n.id GROUP BY n.id, a.channel) c
    GROUP BY id),
paid AS MATERIALIZED (
    SELECT n.id, count(i.id)::int AS payments, coalesce(sum(i.amount), 0) AS amount,
           round(avg(i.paid_date - c.start_date::date), 1) AS days
    FROM n JOIN campaigns c ON c.id = n.id
    LEFT JOIN payment_records i ON i.customer_id = c.customer_id AND i.status = 'paid' AND i.paid_date >= c.start_date::date
     AND (c.payment_record_id IS NULL OR i.id = c.payment_record_id)
    GROUP BY n.id),
before AS MATERIALIZED (SELECT c.id, c.status, c.current_step FROM campaigns c JOIN n ON n.id = c.id),
moved AS (
    UPDATE campaigns c
    SET status = n.status, current_step = n.current_step,
        paused_until = CASE WHEN n.status = 'paused' THEN c.paused_until END,
        end_date = CASE WHEN n.status = 'completed' THEN $6 ELSE c.end_date END,
        results = coalesce(c.results, '{}') || jsonb_strip_nulls(jsonb_build_object(
            'steps', n.steps::jsonb, 'total_contacts', f.total, 'successful_contacts', f.successful,
            'channels', coalesce(ch.list, '[]'), 'payments_received', p.payments, 'total_amount_collected', p.amount,
            'average_collection_days', p.days))
    FROM n JOIN figures f ON f.id = n.id JOIN paid p ON p.id = n.id LEFT JOIN channels ch ON ch.id = n.id
    WHERE c.id = n.id),
kept AS (
    UPDATE ops.campaign_schedule s SET due_at = n.due_at FROM n WHERE s.campaign_id = n.id AND n.due_at IS NOT NULL),
done AS (
    DELETE FROM ops.campaign_schedule s USING n WHERE s.campaign_id = n.id AND n.due_at IS NULL)
INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, timestamp)
SELECT gen_random_uuid(), 'campaign', n.id, CASE WHEN b.status <> n.status THEN 'status_changed' ELSE 'advanced' END,
       'system', 'campaign_runner', jsonb_strip_nulls(jsonb_build_object(
           'status', CASE WHEN b.status <> n.status THEN jsonb_build_object('before', b.status, 'after', n.status) END,
           'current_step', CASE WHEN b.current_step <> n.current_step
                                THEN jsonb_build_object('before', b.current_step, 'after', n.current_step) END)), $6
FROM n JOIN before b ON b.id = n.id
WHERE b.status <> n.status OR b.current_step <> n.current_step
