-- Changes with every change to any rule or its settings. updated_at would not do: it is the start of the writer's
-- transaction, so the newest of all need not move when an older transaction commits late. xmin moves with every write.
SELECT count(*)::text || ':' || coalesce(bit_xor(hashtextextended(r.id::text || r.xmin::text, 0)), 0)::text
       || ':' || coalesce(bit_xor(hashtextextended(s.rule_id::text || s.xmin::text, 0)), 0)::text
FROM compliance_rules r LEFT JOIN ops.rule_settings s ON s.rule_id = r.id
