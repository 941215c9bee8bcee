-- Approvals that ran out before anything was sent. $1 requests
UPDATE ops.approval_requests SET status = 'expired' WHERE id = ANY($1) AND status = 'approved'
