namespace Dashboard.Data.Compliance.Proof;

/// <summary>What a proof reads. <c>$1</c> = the customers of a batch.</summary>
internal static class ProofSql
{
    internal const string Customers = """
        SELECT c.id, c.company_name, d.row_id IS NOT NULL
        FROM customers c LEFT JOIN ops.demo_entities d ON d.table_name = 'customers' AND d.row_id = c.id
        WHERE c.id = ANY($1)
        """;

    /// <summary>Every attempt before the end of the period ($3), of those within it (from $2) the rules the clearance names.</summary>
    internal const string Attempts = """
        SELECT a.customer_id, a.id, a.task_id, a.campaign_id, a.channel, a.status, a.timestamp, a.duration,
               CASE WHEN jsonb_typeof(m.clearance -> 'debts') = 'array'
                    THEN ARRAY(SELECT jsonb_array_elements_text(m.clearance -> 'debts'))
                    WHEN t.payment_record_id IS NOT NULL THEN ARRAY[t.payment_record_id::text]
                    ELSE '{}'::text[] END,
               coalesce(m.clearance ->> 'purpose', t.context ->> 'purpose'),
               coalesce(jsonb_typeof(m.clearance -> 'findings') = 'array', false),
               CASE WHEN jsonb_typeof(m.clearance -> 'attempts_seen') = 'number' THEN (m.clearance ->> 'attempts_seen')::int END,
               CASE WHEN a.timestamp >= $2 AND jsonb_typeof(m.clearance -> 'findings') = 'array'
                    THEN ARRAY(SELECT (f ->> 'rule_id') || ' ' || coalesce(f ->> 'rule_version', '')
                               FROM jsonb_array_elements(m.clearance -> 'findings') f WHERE f ->> 'rule_id' IS NOT NULL)
                    ELSE '{}'::text[] END
        FROM contact_attempts a
        CROSS JOIN LATERAL (SELECT a.metadata -> 'clearance' AS clearance OFFSET 0) m
        LEFT JOIN tasks t ON t.id = a.task_id
        WHERE a.customer_id = ANY($1) AND a.timestamp < $3
        ORDER BY a.customer_id, a.timestamp
        """;

    internal const string Inbound = """
        SELECT customer_id, channel, received_at, duration FROM ops.inbound_contacts
        WHERE customer_id = ANY($1) ORDER BY received_at
        """;

    /// <summary>The rows that tell what was known of a customer: as they are (until = null), and as they were until when.</summary>
    internal const string Facts = """
        SELECT customer_id, source, key, document::text, until FROM (
            SELECT customer_id, 'customer_profiles' AS source, id AS key, to_jsonb(p) - 'notes' AS document, NULL::timestamp AS until
            FROM customer_profiles p WHERE customer_id = ANY($1)
            UNION ALL SELECT customer_id, 'opt_outs', id, to_jsonb(o), NULL FROM opt_outs o WHERE customer_id = ANY($1)
            UNION ALL SELECT customer_id, 'contact_preferences', customer_id, to_jsonb(c), NULL
                      FROM ops.contact_preferences c WHERE customer_id = ANY($1)
            UNION ALL SELECT customer_id, 'consents', id, to_jsonb(c), NULL FROM ops.consents c WHERE customer_id = ANY($1)
            UNION ALL SELECT customer_id, source, coalesce((before ->> 'id')::uuid, customer_id), before, changed_at
                      FROM ops.contact_fact_history WHERE customer_id = ANY($1)) f
        ORDER BY until NULLS LAST
        """;

    internal const string Approvals = """
        SELECT customer_id, task_id, rule, findings::text, decided_at, expires_at FROM ops.approval_requests
        WHERE customer_id = ANY($1) AND status IN ('approved', 'expired') AND decided_at IS NOT NULL
        """;

    /// <summary>The limits of campaigns as they are, and as the audit log says they were.</summary>
    internal const string Campaigns = """
        SELECT c.customer_id, c.id, c.config::text, NULL::timestamp AS until FROM campaigns c WHERE c.customer_id = ANY($1)
        UNION ALL
        SELECT c.customer_id, c.id, (l.changes -> 'config' -> 'before')::text, l.timestamp
        FROM campaigns c JOIN audit_logs l ON l.entity_type = 'campaign' AND l.entity_id = c.id AND l.changes ? 'config'
        WHERE c.customer_id = ANY($1)
        ORDER BY until NULLS LAST
        """;

    /// <summary>When attempts of one customer ($1 tasks, $2 attempts) got where they got.</summary>
    internal const string StatusTimes = """
        SELECT (metadata ->> 'attempt_id')::uuid, metadata ->> 'attempt_status', timestamp FROM audit_logs
        WHERE entity_type = 'task' AND entity_id = ANY($1)
          AND metadata ? 'attempt_status' AND metadata ? 'attempt_id'
        UNION ALL
        SELECT entity_id, changes -> 'status' ->> 'after', timestamp FROM audit_logs
        WHERE entity_type = 'contact_attempt' AND entity_id = ANY($2) AND changes ? 'status'
        ORDER BY 3
        """;

    internal const string Versions = """
        SELECT rule_id, name, condition::text, action, is_enabled, updated_at, valid_from, valid_to,
               EXISTS (SELECT FROM ops.demo_entities d WHERE d.table_name = 'compliance_rules' AND d.row_id = rule_id)
        FROM ops.rule_versions ORDER BY valid_from, name
        """;

    internal const string CustomerKeys = """
        SELECT DISTINCT customer_id FROM contact_attempts WHERE timestamp >= $1 AND timestamp < $2 ORDER BY 1
        """;

    internal const string Count =
        "SELECT count(*)::int FROM contact_attempts WHERE timestamp >= $1 AND timestamp < $2";
}
