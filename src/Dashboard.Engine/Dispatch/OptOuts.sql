-- Opt-outs that hold or will hold. $1 customers, $2 now
-- Our "now" was read before the claim: a wish that was committed in between, or by a process whose clock is a little ahead, holds.
SELECT customer_id, channel,
       CASE WHEN opted_out_at < $2 + interval '5 minutes' THEN least(opted_out_at, $2) ELSE opted_out_at END, expires_at
FROM opt_outs
WHERE customer_id = ANY($1) AND (expires_at IS NULL OR expires_at > $2)
