-- In the order of their ids, as everybody does. $1 agents
SELECT 1 FROM agents WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE
