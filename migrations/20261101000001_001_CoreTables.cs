using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>Core tables: customers, their profiles, payment_records, agents; the updated_at trigger function.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000001_001_CoreTables")]
    public sealed class CoreTables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateUpdatedAtFunction();

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_name = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: false
                    ),
                    contact_name = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: false
                    ),
                    email = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: false
                    ),
                    phone = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: true
                    ),
                    mobile = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: true
                    ),
                    address = table.Column<string>(type: "jsonb", nullable: true),
                    preferred_contact_method = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: true
                    ),
                    tags = table.Column<string[]>(type: "text[]", nullable: true),
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
                    deleted_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("customers_pkey", x => x.id);
                    table.UniqueConstraint("customers_email_key", x => x.email);
                    table.CheckConstraint(
                        "customers_preferred_contact_method_check",
                        "preferred_contact_method IN ('email', 'phone', 'sms')"
                    );
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("customers");

            migrationBuilder.CreateTable(
                name: "customer_profiles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    risk_level = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: true
                    ),
                    risk_score = table.Column<decimal>(
                        type: "numeric(5,2)",
                        precision: 5,
                        scale: 2,
                        nullable: true
                    ),
                    average_payment_delay = table.Column<int>(type: "integer", nullable: true),
                    response_rate = table.Column<decimal>(
                        type: "numeric(3,2)",
                        precision: 3,
                        scale: 2,
                        nullable: true
                    ),
                    preferred_contact_time_start = table.Column<TimeOnly>(
                        type: "time without time zone",
                        nullable: true
                    ),
                    preferred_contact_time_end = table.Column<TimeOnly>(
                        type: "time without time zone",
                        nullable: true
                    ),
                    timezone = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: true
                    ),
                    communication_style = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: true
                    ),
                    do_not_contact = table.Column<bool>(
                        type: "boolean",
                        nullable: true,
                        defaultValue: false
                    ),
                    contact_restrictions = table.Column<string[]>(type: "text[]", nullable: true),
                    notes = table.Column<string[]>(type: "text[]", nullable: true),
                    last_contact_date = table.Column<DateTime>(
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
                    table.PrimaryKey("customer_profiles_pkey", x => x.id);
                    table.UniqueConstraint("customer_profiles_customer_id_key", x => x.customer_id);
                    table.CheckConstraint(
                        "customer_profiles_communication_style_check",
                        "communication_style IN ('formal', 'casual', 'direct', 'diplomatic')"
                    );
                    table.CheckConstraint(
                        "customer_profiles_response_rate_check",
                        "response_rate BETWEEN 0 AND 1"
                    );
                    table.CheckConstraint(
                        "customer_profiles_risk_level_check",
                        "risk_level IN ('low', 'medium', 'high', 'critical')"
                    );
                    table.CheckConstraint(
                        "customer_profiles_risk_score_check",
                        "risk_score BETWEEN 0 AND 100"
                    );
                    table.ForeignKey(
                        name: "customer_profiles_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("customer_profiles");

            migrationBuilder.CreateTable(
                name: "payment_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(
                        type: "numeric(12,2)",
                        precision: 12,
                        scale: 2,
                        nullable: false
                    ),
                    currency = table.Column<string>(
                        type: "character varying(3)",
                        maxLength: 3,
                        nullable: false,
                        defaultValue: "USD"
                    ),
                    due_date = table.Column<DateOnly>(type: "date", nullable: false),
                    paid_date = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    invoice_number = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    description = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
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
                    table.PrimaryKey("payment_records_pkey", x => x.id);
                    table.UniqueConstraint(
                        "payment_records_invoice_number_key",
                        x => x.invoice_number
                    );
                    table.CheckConstraint(
                        "payment_records_status_check",
                        "status IN ('pending', 'overdue', 'paid', 'partial', 'cancelled')"
                    );
                    table.ForeignKey(
                        name: "payment_records_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("payment_records");

            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    capabilities = table.Column<string[]>(type: "text[]", nullable: false),
                    current_task_count = table.Column<int>(
                        type: "integer",
                        nullable: true,
                        defaultValue: 0
                    ),
                    max_concurrent_tasks = table.Column<int>(
                        type: "integer",
                        nullable: false,
                        defaultValue: 5
                    ),
                    working_hours_start = table.Column<TimeOnly>(
                        type: "time without time zone",
                        nullable: true
                    ),
                    working_hours_end = table.Column<TimeOnly>(
                        type: "time without time zone",
                        nullable: true
                    ),
                    timezone = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: true,
                        defaultValue: "UTC"
                    ),
                    config = table.Column<string>(type: "jsonb", nullable: true),
                    performance_metrics = table.Column<string>(type: "jsonb", nullable: true),
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
                    last_active_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("agents_pkey", x => x.id);
                    table.CheckConstraint(
                        "agents_current_task_count_check",
                        "current_task_count BETWEEN 0 AND max_concurrent_tasks"
                    );
                    table.CheckConstraint(
                        "agents_max_concurrent_tasks_check",
                        "max_concurrent_tasks >= 1"
                    );
                    table.CheckConstraint(
                        "agents_status_check",
                        "status IN ('idle', 'active', 'busy', 'error', 'offline')"
                    );
                    table.CheckConstraint(
                        "agents_type_check",
                        "type IN ('email', 'phone', 'sms', 'research')"
                    );
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("agents");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "agents");
            migrationBuilder.DropTable(name: "payment_records");
            migrationBuilder.DropTable(name: "customer_profiles");
            migrationBuilder.DropTable(name: "customers");
            migrationBuilder.DropUpdatedAtFunction();
        }
    }
}
