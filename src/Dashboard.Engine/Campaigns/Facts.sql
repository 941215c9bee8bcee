-- What decides about the next step of the campaigns held. A statement of its own: one that also took the locks would read
-- tasks as they were before it had them, and could miss that one has just ended. $1 campaigns, $2 today
SELECT c.id, c.customer_id, c.payment_record_id, c.status, c.escalation_steps::text, c.current_step, c.start_date,
       c.results::text, debt.amount, debt.oldest, p.risk_level, p.response_rate, p.last_contact_date, p.timezone,
       t.task_id, t.status, t.completed_at, t.reason, t.outcome
FROM campaigns c
LEFT JOIN customer_profiles p ON p.customer_id = c.customer_id
LEFT JOIN LATERAL (
    SELECT coalesce(sum(i.amount - coalesce((i.metadata ->> 'amount_paid')::numeric, 0)), 0) AS amount, min(i.due_date) AS oldest
    FROM payment_records i
    WHERE i.customer_id = c.customer_id AND i.status IN ('pending', 'overdue', 'partial')
      AND (i.id = c.payment_record_id OR (c.payment_record_id IS NULL AND i.due_date < $2))) debt ON true
LEFT JOIN LATERAL (
    -- The step in hand: an open task before an ended one, the latest round first.
    SELECT x.id AS task_id, x.status, x.completed_at, x.context ->> 'reason' AS reason, x.context ->> 'outcome' AS outcome
    FROM tasks x
    WHERE x.campaign_id = c.id AND x.type <> 'follow_up' AND (x.context ->> 'step_number')::int = c.current_step + 1
    ORDER BY x.status IN ('pending', 'assigned', 'in_progress') DESC, coalesce((x.context ->> 'round')::int, 1) DESC
    LIMIT 1) t ON true
WHERE c.id = ANY($1)
