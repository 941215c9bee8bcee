-- Changes with every change to any rule. updated_at would not do: it is the start of the writer's transaction, so the
-- newest of all need not move when an older transaction commits late. xmin moves with every write.
SELECT count(*)::text || ':' || coalesce(bit_xor(hashtextextended(id::text || xmin::text, 0)), 0)::text FROM compliance_rules
