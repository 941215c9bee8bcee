-- Opt-outs that hold or will hold. $1 customers, $2 now
SELECT customer_id, channel, opted_out_at, expires_at FROM opt_outs
WHERE customer_id = ANY($1) AND (expires_at IS NULL OR expires_at > $2)
