using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>Campaign and task tables.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000002_002_CampaignsAndTasks")]
    public sealed class CampaignsAndTasks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "campaigns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: false
                    ),
                    description = table.Column<string>(type: "text", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_record_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    escalation_steps = table.Column<string>(type: "jsonb", nullable: false),
                    current_step = table.Column<int>(
                        type: "integer",
                        nullable: false,
                        defaultValue: 0
                    ),
                    start_date = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    end_date = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    paused_until = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    results = table.Column<string>(type: "jsonb", nullable: true),
                    config = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                    updated_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("campaigns_pkey", x => x.id);
                    table.CheckConstraint("campaigns_current_step_check", "current_step >= 0");
                    table.CheckConstraint(
                        "campaigns_status_check",
                        "status IN ('draft', 'active', 'paused', 'completed', 'cancelled')"
                    );
                    table.ForeignKey(
                        name: "campaigns_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "campaigns_payment_record_id_fkey",
                        column: x => x.payment_record_id,
                        principalTable: "payment_records",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull
                    );
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("campaigns");

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    priority = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    campaign_id = table.Column<Guid>(type: "uuid", nullable: true),
                    payment_record_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    assigned_agent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    context = table.Column<string>(type: "jsonb", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: true, defaultValue: 0),
                    max_attempts = table.Column<int>(
                        type: "integer",
                        nullable: true,
                        defaultValue: 3
                    ),
                    due_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    started_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    completed_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    created_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                    updated_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("tasks_pkey", x => x.id);
                    table.CheckConstraint("tasks_attempts_check", "attempts >= 0");
                    table.CheckConstraint("tasks_max_attempts_check", "max_attempts >= 1");
                    table.CheckConstraint(
                        "tasks_priority_check",
                        "priority IN ('low', 'medium', 'high', 'urgent')"
                    );
                    table.CheckConstraint(
                        "tasks_status_check",
                        "status IN ('pending', 'assigned', 'in_progress', 'completed', 'failed', 'cancelled')"
                    );
                    table.CheckConstraint(
                        "tasks_type_check",
                        "type IN ('send_email', 'make_call', 'send_sms', 'research_customer', 'escalate', 'follow_up')"
                    );
                    table.ForeignKey(
                        name: "tasks_assigned_agent_id_fkey",
                        column: x => x.assigned_agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull
                    );
                    table.ForeignKey(
                        name: "tasks_campaign_id_fkey",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "tasks_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "tasks_payment_record_id_fkey",
                        column: x => x.payment_record_id,
                        principalTable: "payment_records",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull
                    );
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("tasks");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "tasks");
            migrationBuilder.DropTable(name: "campaigns");
        }
    }
}
