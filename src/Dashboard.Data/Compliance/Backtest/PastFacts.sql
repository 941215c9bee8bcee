-- What the gate knows of customers, as it is (until = null) and as it was up to each change since an instant.
-- $1 customers, $2 since
SELECT customer_id, 'customer_profiles' AS source, jsonb_build_object(
           'timezone', timezone, 'do_not_contact', do_not_contact, 'contact_restrictions', contact_restrictions,
           'preferred_contact_time_start', preferred_contact_time_start,
           'preferred_contact_time_end', preferred_contact_time_end)::text AS row, NULL::timestamp AS until
FROM customer_profiles WHERE customer_id = ANY($1)
UNION ALL
SELECT customer_id, 'contact_preferences', to_jsonb(p)::text, NULL FROM ops.contact_preferences p WHERE customer_id = ANY($1)
UNION ALL
SELECT customer_id, 'opt_outs', to_jsonb(o)::text, NULL FROM opt_outs o WHERE customer_id = ANY($1)
UNION ALL
SELECT customer_id, 'consents', to_jsonb(c)::text, NULL FROM ops.consents c WHERE customer_id = ANY($1)
UNION ALL
SELECT customer_id, source, (CASE source WHEN 'customer_profiles' THEN before - 'id' ELSE before END)::text, changed_at
FROM ops.contact_fact_history WHERE customer_id = ANY($1) AND changed_at > $2
