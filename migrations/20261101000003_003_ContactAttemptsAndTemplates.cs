using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>Contact attempts and templates.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000003_003_ContactAttemptsAndTemplates")]
    public sealed class ContactAttemptsAndTemplates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "contact_attempts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    campaign_id = table.Column<Guid>(type: "uuid", nullable: true),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    timestamp = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                    duration = table.Column<int>(type: "integer", nullable: true),
                    response = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("contact_attempts_pkey", x => x.id);
                    table.CheckConstraint(
                        "contact_attempts_channel_check",
                        "channel IN ('email', 'phone', 'sms')"
                    );
                    table.CheckConstraint("contact_attempts_duration_check", "duration >= 0");
                    table.CheckConstraint(
                        "contact_attempts_status_check",
                        "status IN ('sent', 'delivered', 'opened', 'answered', 'replied', 'bounced', 'failed')"
                    );
                    table.ForeignKey(
                        name: "contact_attempts_agent_id_fkey",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "contact_attempts_campaign_id_fkey",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull
                    );
                    table.ForeignKey(
                        name: "contact_attempts_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "contact_attempts_task_id_fkey",
                        column: x => x.task_id,
                        principalTable: "tasks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    type = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    subject = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: true
                    ),
                    content = table.Column<string>(type: "text", nullable: false),
                    html_content = table.Column<string>(type: "text", nullable: true),
                    variables = table.Column<string[]>(type: "text[]", nullable: true),
                    category = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: true
                    ),
                    is_active = table.Column<bool>(
                        type: "boolean",
                        nullable: true,
                        defaultValue: true
                    ),
                    version = table.Column<int>(type: "integer", nullable: true, defaultValue: 1),
                    created_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
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
                    table.PrimaryKey("templates_pkey", x => x.id);
                    table.UniqueConstraint("templates_name_key", x => x.name);
                    table.CheckConstraint(
                        "templates_channel_check",
                        "channel IN ('email', 'phone', 'sms')"
                    );
                    table.CheckConstraint(
                        "templates_type_check",
                        "type IN ('email', 'sms', 'phone_script')"
                    );
                    table.CheckConstraint("templates_version_check", "version >= 1");
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("templates");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "templates");
            migrationBuilder.DropTable(name: "contact_attempts");
        }
    }
}
