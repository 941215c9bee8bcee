-- Tasks whose contact a person approved, with the rules that asked. $1 tasks
SELECT task_id, rule FROM ops.approval_requests WHERE task_id = ANY($1) AND status = 'approved'
