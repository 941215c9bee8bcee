-- The provider reports; a status never moves back. $1 attempts, $2 statuses
UPDATE contact_attempts a
SET status = r.status, metadata = a.metadata || '{"delivery": "confirmed"}'::jsonb
FROM unnest($1, $2) AS r (id, status)
WHERE a.id = r.id AND array_position('{sent,delivered,opened}'::text[], a.status::text)
    < array_position('{sent,delivered,opened}'::text[], r.status)
