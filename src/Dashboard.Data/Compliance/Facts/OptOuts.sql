-- Opt-outs, lapsed and future ones too: at most four a customer. $1 customers
SELECT customer_id, channel, opted_out_at, expires_at, metadata -> 'hold' IS NOT NULL FROM opt_outs WHERE customer_id = ANY($1)
