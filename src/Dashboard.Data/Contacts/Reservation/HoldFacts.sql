-- Holds the facts of customers who are held already: plain SQL could change these rows without touching the customer's. New
-- rows need the customer's key and wait for it. Answers the customers of whom somebody else holds a row: what they are about
-- to write is not known, so they are left to the next batch. $1 customers
WITH profile AS MATERIALIZED (
    SELECT id FROM customer_profiles WHERE customer_id = ANY($1) FOR SHARE SKIP LOCKED),
preference AS MATERIALIZED (
    SELECT customer_id FROM ops.contact_preferences WHERE customer_id = ANY($1) FOR SHARE SKIP LOCKED),
opt_out AS MATERIALIZED (
    SELECT id FROM opt_outs WHERE customer_id = ANY($1) FOR SHARE SKIP LOCKED),
consent AS MATERIALIZED (
    SELECT id FROM ops.consents WHERE customer_id = ANY($1) FOR SHARE SKIP LOCKED)
SELECT customer_id FROM customer_profiles WHERE customer_id = ANY($1) AND id NOT IN (SELECT id FROM profile)
UNION
SELECT customer_id FROM ops.contact_preferences
WHERE customer_id = ANY($1) AND customer_id NOT IN (SELECT customer_id FROM preference)
UNION
SELECT customer_id FROM opt_outs WHERE customer_id = ANY($1) AND id NOT IN (SELECT id FROM opt_out)
UNION
SELECT customer_id FROM ops.consents WHERE customer_id = ANY($1) AND id NOT IN (SELECT id FROM consent)
