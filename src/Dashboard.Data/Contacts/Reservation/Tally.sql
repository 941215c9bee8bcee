-- What each rule said in this batch. $1 rules, $2 shadow, $3 allowed, $4 warned, $5 deferred, $6 blocked, $7 sent to approval,
-- $8 escalated, $9 now
INSERT INTO ops.rule_tallies (id, rule_id, at, is_shadow, allowed, warned, deferred, blocked, sent_to_approval, escalated)
SELECT gen_random_uuid(), rule_id, $9, is_shadow, allowed, warned, deferred, blocked, sent_to_approval, escalated
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS t
    (rule_id, is_shadow, allowed, warned, deferred, blocked, sent_to_approval, escalated)
