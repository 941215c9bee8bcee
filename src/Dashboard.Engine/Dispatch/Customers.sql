-- What the gate needs to know of the customers. $1 customers
SELECT c.id, c.deleted_at IS NOT NULL, c.email <> '', coalesce(c.mobile, c.phone) IS NOT NULL,
       coalesce(c.phone, c.mobile) IS NOT NULL, p.timezone, p.do_not_contact IS TRUE, p.contact_restrictions,
       p.preferred_contact_time_start, p.preferred_contact_time_end
FROM customers c LEFT JOIN customer_profiles p ON p.customer_id = c.id
WHERE c.id = ANY($1)
