-- Everything this process holds, also what still waits in its queue. $1 token, $2 until (JSON text)
UPDATE tasks SET context = jsonb_set(context, '{lease,until}', to_jsonb($2::text))
WHERE status = 'in_progress' AND context -> 'lease' ->> 'token' = $1
