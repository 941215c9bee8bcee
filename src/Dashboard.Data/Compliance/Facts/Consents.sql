-- Consents that hold. $1 customers, $2 now
SELECT customer_id, kind, channel, payment_record_id, given_at FROM ops.consents
WHERE customer_id = ANY($1) AND (revoked_at IS NULL OR revoked_at > $2)
