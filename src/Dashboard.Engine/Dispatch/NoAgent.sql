-- Says on the tasks of one kind that nobody is free for them. $1 kind, $2 waiting since before, $3 gate, $4 most at once
UPDATE tasks SET context = context || jsonb_build_object('gate', $3::jsonb)
WHERE id IN (
    SELECT id FROM tasks
    WHERE type = $1 AND status = 'pending' AND due_at < $2
      AND context -> 'gate' ->> 'explanation' IS DISTINCT FROM $3::jsonb ->> 'explanation'
    LIMIT $4 FOR UPDATE SKIP LOCKED)
