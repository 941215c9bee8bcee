-- Every rule, and whether it runs in shadow: such a rule is disabled, so that no other reader takes it for one in force.
SELECT r.id, r.name, r.description, r.rule_type, r.condition::text, r.action, r.severity, r.is_enabled, r.created_at, r.updated_at,
       s.is_shadow IS TRUE AND r.is_enabled IS FALSE
FROM compliance_rules r LEFT JOIN ops.rule_settings s ON s.rule_id = r.id
ORDER BY r.name
