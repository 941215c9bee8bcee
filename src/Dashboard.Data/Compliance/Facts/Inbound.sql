-- Contacts the customers started. $1 customers, $2 since
SELECT customer_id, channel, received_at, duration FROM ops.inbound_contacts
WHERE customer_id = ANY($1) AND received_at >= $2
