SELECT id, name, description, rule_type, condition::text, action, severity, is_enabled, created_at, updated_at
FROM compliance_rules ORDER BY name
