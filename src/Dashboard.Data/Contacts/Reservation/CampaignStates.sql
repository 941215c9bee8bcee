-- $1 campaigns
SELECT id, status, paused_until, config::text FROM campaigns WHERE id = ANY($1)
