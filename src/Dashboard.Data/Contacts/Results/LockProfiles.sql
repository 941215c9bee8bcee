-- Profiles before agents, by customer, as everybody does: whoever judges a contact holds them. $1 attempts
SELECT 1 FROM customer_profiles
WHERE customer_id IN (SELECT customer_id FROM contact_attempts WHERE id = ANY($1)) ORDER BY customer_id FOR NO KEY UPDATE
