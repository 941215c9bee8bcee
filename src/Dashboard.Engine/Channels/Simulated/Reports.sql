-- Messages of the simulated provider about which something may be left to report. $1 since, $2 most
SELECT a.id, a.channel, a.status, a.timestamp FROM contact_attempts a
WHERE a.timestamp >= $1 AND a.metadata ->> 'provider' = 'simulated' AND a.channel <> 'phone'
  AND a.status IN ('sent', 'delivered', 'opened') AND a.metadata ->> 'delivery' IN ('accepted', 'confirmed')
ORDER BY a.timestamp LIMIT $2
