using Microsoft.EntityFrameworkCore.Migrations;

namespace Dashboard.Migrations;

/// <summary>What EF Core has no words for: schema.md's trigger, and an index over expressions.</summary>
internal static class SchemaSql
{
    /// <summary>The function of schema.md, "Updated At Trigger".</summary>
    public static void CreateUpdatedAtFunction(this MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE OR REPLACE FUNCTION update_updated_at_column()
            RETURNS TRIGGER AS $$
            BEGIN
                NEW.updated_at = NOW();
                RETURN NEW;
            END;
            $$ language 'plpgsql';
            """
        );

    /// <summary>Drops the function; its triggers must be gone.</summary>
    public static void DropUpdatedAtFunction(this MigrationBuilder migration) =>
        migration.Sql("DROP FUNCTION update_updated_at_column();");

    /// <summary>Gives <paramref name="table"/>, which has <c>updated_at</c>, its trigger. It goes with the table.</summary>
    public static void CreateUpdatedAtTrigger(
        this MigrationBuilder migration,
        string table,
        string schema = "public"
    ) =>
        migration.Sql(
            $"""
            CREATE TRIGGER update_{table}_updated_at BEFORE UPDATE ON {schema}.{table}
                FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
            """
        );

    /// <summary>
    /// One task per campaign, step and round, however many engines claim the campaign at once. Follow-ups are made by replies
    /// and may be several.
    /// </summary>
    public static void CreateTaskPerStepIndex(this MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE UNIQUE INDEX uq_tasks_campaign_step ON tasks (
                campaign_id,
                ((context->>'step_number')::int),
                (coalesce((context->>'round')::int, 1))
            )
            WHERE campaign_id IS NOT NULL AND type NOT IN ('follow_up');
            """
        );

    /// <summary>
    /// What the dispatcher claims, in the order in which it claims: by kind, most urgent first, then longest due. Finished
    /// tasks are the bulk of the table and are not in it.
    /// </summary>
    public static void CreateTaskClaimIndex(this MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE INDEX idx_tasks_claim ON tasks (
                type,
                (CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END),
                due_at
            )
            WHERE status = 'pending' AND due_at IS NOT NULL;
            """
        );

    /// <summary>
    /// Every version of a rule is kept, whoever changes it. The change takes the lock that every dispatch shares (the key is
    /// <c>RuleLock.Key</c>), so no contact is judged across it, and the version begins when the lock is held.
    /// </summary>
    public static void CreateRuleVersionTrigger(this MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE FUNCTION ops.keep_rule_version() RETURNS TRIGGER AS $$
            DECLARE moment timestamp;
            BEGIN
                PERFORM pg_advisory_xact_lock(7102301);
                moment := clock_timestamp() AT TIME ZONE 'UTC';
                UPDATE ops.rule_versions SET valid_to = moment
                WHERE rule_id = coalesce(NEW.id, OLD.id) AND valid_to IS NULL;
                IF TG_OP <> 'DELETE' THEN
                    INSERT INTO ops.rule_versions (id, rule_id, number, name, description, rule_type, condition, action,
                                                   severity, is_enabled, updated_at, valid_from)
                    SELECT gen_random_uuid(), NEW.id, coalesce(max(number), 0) + 1, NEW.name, NEW.description,
                           NEW.rule_type, NEW.condition, NEW.action, NEW.severity, NEW.is_enabled IS NOT FALSE,
                           NEW.updated_at, moment
                    FROM ops.rule_versions WHERE rule_id = NEW.id;
                END IF;
                RETURN NULL;
            END;
            $$ LANGUAGE plpgsql;
            CREATE TRIGGER keep_compliance_rules_version AFTER INSERT OR DELETE OR UPDATE ON compliance_rules
                FOR EACH ROW EXECUTE FUNCTION ops.keep_rule_version();
            INSERT INTO ops.rule_versions (id, rule_id, number, name, description, rule_type, condition, action,
                                           severity, is_enabled, updated_at, valid_from)
            SELECT gen_random_uuid(), id, 1, name, description, rule_type, condition, action, severity,
                   is_enabled IS NOT FALSE, updated_at, created_at
            FROM compliance_rules;
            """
        );

    /// <summary>What the gate looks at is kept as it was, whoever changes it.</summary>
    public static void CreateContactFactTriggers(this MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE FUNCTION ops.keep_contact_fact() RETURNS TRIGGER AS $$
            BEGIN
                INSERT INTO ops.contact_fact_history (id, customer_id, source, before, changed_at)
                VALUES (gen_random_uuid(), OLD.customer_id, TG_TABLE_NAME, to_jsonb(OLD), clock_timestamp() AT TIME ZONE 'UTC');
                RETURN NULL;
            END;
            $$ LANGUAGE plpgsql;
            CREATE TRIGGER keep_opt_outs_history AFTER DELETE OR UPDATE ON opt_outs
                FOR EACH ROW EXECUTE FUNCTION ops.keep_contact_fact();
            CREATE TRIGGER keep_customer_profiles_history AFTER UPDATE ON customer_profiles
                FOR EACH ROW WHEN ((OLD.timezone, OLD.do_not_contact, OLD.contact_restrictions,
                                    OLD.preferred_contact_time_start, OLD.preferred_contact_time_end)
                    IS DISTINCT FROM (NEW.timezone, NEW.do_not_contact, NEW.contact_restrictions,
                                      NEW.preferred_contact_time_start, NEW.preferred_contact_time_end))
                EXECUTE FUNCTION ops.keep_contact_fact();
            CREATE TRIGGER keep_contact_preferences_history AFTER DELETE OR UPDATE ON ops.contact_preferences
                FOR EACH ROW EXECUTE FUNCTION ops.keep_contact_fact();
            CREATE TRIGGER keep_consents_history AFTER DELETE OR UPDATE ON ops.consents
                FOR EACH ROW EXECUTE FUNCTION ops.keep_contact_fact();
            """
        );

    /// <summary>The audit log can only grow: by trigger for everyone, by privilege for whoever is not a superuser.</summary>
    public static void MakeAuditLogAppendOnly(this MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE FUNCTION ops.refuse_audit_change() RETURNS TRIGGER AS $$
            BEGIN
                RAISE EXCEPTION 'audit_logs can only grow: % is not allowed', TG_OP USING ERRCODE = 'insufficient_privilege';
            END;
            $$ LANGUAGE plpgsql;
            CREATE TRIGGER audit_logs_append_only BEFORE DELETE OR UPDATE ON audit_logs
                FOR EACH ROW EXECUTE FUNCTION ops.refuse_audit_change();
            CREATE TRIGGER audit_logs_no_truncate BEFORE TRUNCATE ON audit_logs
                FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_audit_change();
            REVOKE UPDATE, DELETE, TRUNCATE ON audit_logs FROM PUBLIC, CURRENT_USER;
            """
        );
}
