-- The simulated provider takes a message. A key it knows is counted and does nothing else. $1 key, $2 channel, $3 now
INSERT INTO ops.simulated_messages (id, channel, accepted_at, sends) VALUES ($1, $2, $3, 1)
ON CONFLICT (id) DO UPDATE SET sends = simulated_messages.sends + 1
