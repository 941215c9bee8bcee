-- Whom it is about: addresses, profile, preferences. $1 customers
SELECT c.id, c.deleted_at IS NOT NULL, c.email <> '', coalesce(c.mobile, c.phone, '') <> '',
       coalesce(c.phone, c.mobile, '') <> '', p.timezone, p.do_not_contact IS TRUE, p.contact_restrictions,
       p.preferred_contact_time_start, p.preferred_contact_time_end, o.other_timezones, o.notice_sent_on
FROM customers c
LEFT JOIN customer_profiles p ON p.customer_id = c.id
LEFT JOIN ops.contact_preferences o ON o.customer_id = c.id
WHERE c.id = ANY($1)
