-- Sums the batches' rows of whole hours that are past. Rows that another process sums are left to it.
-- $1 before (a whole hour), $2 most
WITH old AS MATERIALIZED (
    SELECT id FROM ops.rule_tallies
    WHERE at < $1 AND at <> date_trunc('hour', at)
    ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED),
gone AS (
    DELETE FROM ops.rule_tallies t USING old WHERE t.id = old.id
    RETURNING t.*),
summed AS (
    INSERT INTO ops.rule_tallies (id, rule_id, at, is_shadow, allowed, warned, deferred, blocked, sent_to_approval, escalated)
    SELECT gen_random_uuid(), rule_id, date_trunc('hour', at), is_shadow, sum(allowed), sum(warned), sum(deferred), sum(blocked),
           sum(sent_to_approval), sum(escalated)
    FROM gone GROUP BY rule_id, date_trunc('hour', at), is_shadow)
SELECT count(*)::int FROM gone
