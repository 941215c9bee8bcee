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
}
