-- Campaigns that run but wait for nothing: written by plain SQL or a demo, or their task was ended behind our back. $1 now
INSERT INTO ops.campaign_schedule (campaign_id, due_at)
SELECT c.id, greatest(c.start_date, $1)
FROM campaigns c
WHERE (c.status = 'active' OR (c.status = 'paused' AND c.paused_until IS NOT NULL))
  AND NOT EXISTS (SELECT 1 FROM ops.campaign_schedule s WHERE s.campaign_id = c.id)
  AND NOT EXISTS (
      SELECT 1 FROM tasks t WHERE t.campaign_id = c.id AND t.status IN ('pending', 'assigned', 'in_progress')
         AND t.type <> 'follow_up')
ORDER BY c.id LIMIT 1000
ON CONFLICT (campaign_id) DO NOTHING
