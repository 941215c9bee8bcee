using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>System metrics, and the indexes of all tables.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000005_005_MetricsAndIndexes")]
    public sealed class MetricsAndIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "system_metrics",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    metric_type = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    metric_name = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    value = table.Column<decimal>(
                        type: "numeric(12,4)",
                        precision: 12,
                        scale: 4,
                        nullable: false
                    ),
                    dimensions = table.Column<string>(type: "jsonb", nullable: true),
                    timestamp = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("system_metrics_pkey", x => x.id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "idx_agents_status",
                table: "agents",
                column: "status"
            );

            migrationBuilder.CreateIndex(name: "idx_agents_type", table: "agents", column: "type");

            migrationBuilder.CreateIndex(
                name: "idx_audit_logs_entity_type_id",
                table: "audit_logs",
                columns: new[] { "entity_type", "entity_id" }
            );

            migrationBuilder.CreateIndex(
                name: "idx_audit_logs_timestamp",
                table: "audit_logs",
                column: "timestamp"
            );

            migrationBuilder.CreateIndex(
                name: "idx_campaigns_customer_id",
                table: "campaigns",
                column: "customer_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_campaigns_payment_record_id",
                table: "campaigns",
                column: "payment_record_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_campaigns_start_date",
                table: "campaigns",
                column: "start_date"
            );

            migrationBuilder.CreateIndex(
                name: "idx_campaigns_status",
                table: "campaigns",
                column: "status"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_attempts_agent_id",
                table: "contact_attempts",
                column: "agent_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_attempts_campaign_id",
                table: "contact_attempts",
                column: "campaign_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_attempts_channel",
                table: "contact_attempts",
                column: "channel"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_attempts_customer_id",
                table: "contact_attempts",
                column: "customer_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_attempts_task_id",
                table: "contact_attempts",
                column: "task_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_attempts_timestamp",
                table: "contact_attempts",
                column: "timestamp"
            );

            migrationBuilder.CreateIndex(
                name: "idx_customers_company_name",
                table: "customers",
                column: "company_name"
            );

            migrationBuilder.CreateIndex(
                name: "idx_customers_deleted_at",
                table: "customers",
                column: "deleted_at",
                filter: "deleted_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "idx_customers_email",
                table: "customers",
                column: "email"
            );

            migrationBuilder.CreateIndex(
                name: "idx_opt_outs_customer_id",
                table: "opt_outs",
                column: "customer_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_payment_records_customer_id",
                table: "payment_records",
                column: "customer_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_payment_records_due_date",
                table: "payment_records",
                column: "due_date"
            );

            migrationBuilder.CreateIndex(
                name: "idx_payment_records_invoice_number",
                table: "payment_records",
                column: "invoice_number"
            );

            migrationBuilder.CreateIndex(
                name: "idx_payment_records_status",
                table: "payment_records",
                column: "status"
            );

            migrationBuilder.CreateIndex(
                name: "idx_system_metrics_type_timestamp",
                table: "system_metrics",
                columns: new[] { "metric_type", "timestamp" }
            );

            migrationBuilder.CreateIndex(
                name: "idx_tasks_assigned_agent_id",
                table: "tasks",
                column: "assigned_agent_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_tasks_campaign_id",
                table: "tasks",
                column: "campaign_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_tasks_customer_id",
                table: "tasks",
                column: "customer_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_tasks_due_at",
                table: "tasks",
                column: "due_at"
            );

            migrationBuilder.CreateIndex(
                name: "idx_tasks_payment_record_id",
                table: "tasks",
                column: "payment_record_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_tasks_status",
                table: "tasks",
                column: "status"
            );

            migrationBuilder.CreateIndex(
                name: "idx_tasks_type_status",
                table: "tasks",
                columns: new[] { "type", "status" }
            );

            migrationBuilder.CreateTaskPerStepIndex();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "uq_tasks_campaign_step", table: "tasks");
            migrationBuilder.DropIndex(name: "idx_tasks_type_status", table: "tasks");
            migrationBuilder.DropIndex(name: "idx_tasks_status", table: "tasks");
            migrationBuilder.DropIndex(name: "idx_tasks_payment_record_id", table: "tasks");
            migrationBuilder.DropIndex(name: "idx_tasks_due_at", table: "tasks");
            migrationBuilder.DropIndex(name: "idx_tasks_customer_id", table: "tasks");
            migrationBuilder.DropIndex(name: "idx_tasks_campaign_id", table: "tasks");
            migrationBuilder.DropIndex(name: "idx_tasks_assigned_agent_id", table: "tasks");
            migrationBuilder.DropIndex(
                name: "idx_payment_records_status",
                table: "payment_records"
            );
            migrationBuilder.DropIndex(
                name: "idx_payment_records_invoice_number",
                table: "payment_records"
            );
            migrationBuilder.DropIndex(
                name: "idx_payment_records_due_date",
                table: "payment_records"
            );
            migrationBuilder.DropIndex(
                name: "idx_payment_records_customer_id",
                table: "payment_records"
            );
            migrationBuilder.DropIndex(name: "idx_opt_outs_customer_id", table: "opt_outs");
            migrationBuilder.DropIndex(name: "idx_customers_email", table: "customers");
            migrationBuilder.DropIndex(name: "idx_customers_deleted_at", table: "customers");
            migrationBuilder.DropIndex(name: "idx_customers_company_name", table: "customers");
            migrationBuilder.DropIndex(
                name: "idx_contact_attempts_timestamp",
                table: "contact_attempts"
            );
            migrationBuilder.DropIndex(
                name: "idx_contact_attempts_task_id",
                table: "contact_attempts"
            );
            migrationBuilder.DropIndex(
                name: "idx_contact_attempts_customer_id",
                table: "contact_attempts"
            );
            migrationBuilder.DropIndex(
                name: "idx_contact_attempts_channel",
                table: "contact_attempts"
            );
            migrationBuilder.DropIndex(
                name: "idx_contact_attempts_campaign_id",
                table: "contact_attempts"
            );
            migrationBuilder.DropIndex(
                name: "idx_contact_attempts_agent_id",
                table: "contact_attempts"
            );
            migrationBuilder.DropIndex(name: "idx_campaigns_status", table: "campaigns");
            migrationBuilder.DropIndex(name: "idx_campaigns_start_date", table: "campaigns");
            migrationBuilder.DropIndex(name: "idx_campaigns_payment_record_id", table: "campaigns");
            migrationBuilder.DropIndex(name: "idx_campaigns_customer_id", table: "campaigns");
            migrationBuilder.DropIndex(name: "idx_audit_logs_timestamp", table: "audit_logs");
            migrationBuilder.DropIndex(name: "idx_audit_logs_entity_type_id", table: "audit_logs");
            migrationBuilder.DropIndex(name: "idx_agents_type", table: "agents");
            migrationBuilder.DropIndex(name: "idx_agents_status", table: "agents");
            migrationBuilder.DropTable(name: "system_metrics");
        }
    }
}
