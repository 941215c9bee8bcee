-- Approvals of these tasks that are not used up (an approval is for one contact), with the rules that asked, by id; by name
-- where the findings do not tell. $1 tasks
SELECT r.id, r.task_id, r.decided_by, r.decided_at, r.expires_at, r.rule,
       CASE WHEN jsonb_typeof(r.findings) = 'array' THEN
           ARRAY(SELECT coalesce(f ->> 'rule_id', f ->> 'rule') FROM jsonb_array_elements(r.findings) f
                 WHERE f ->> 'verdict' = 'requires_approval') ELSE '{}' END
FROM ops.approval_requests r
WHERE r.task_id = ANY($1) AND r.status = 'approved'
  AND NOT EXISTS (SELECT FROM contact_attempts a
                  WHERE a.task_id = r.task_id AND a.customer_id = r.customer_id
                    AND a.timestamp >= coalesce(r.decided_at, r.requested_at))
