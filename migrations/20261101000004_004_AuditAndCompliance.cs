using System.Net;
using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>Audit logs, opt-outs and compliance rules.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000004_004_AuditAndCompliance")]
    public sealed class AuditAndCompliance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_logs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entity_type = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    actor_type = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: true
                    ),
                    actor_id = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: true
                    ),
                    changes = table.Column<string>(type: "jsonb", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
                    ip_address = table.Column<IPAddress>(type: "inet", nullable: true),
                    user_agent = table.Column<string>(type: "text", nullable: true),
                    timestamp = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("audit_logs_pkey", x => x.id);
                    table.CheckConstraint(
                        "audit_logs_actor_type_check",
                        "actor_type IN ('agent', 'user', 'system')"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "opt_outs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    reason = table.Column<string>(type: "text", nullable: true),
                    opted_out_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false,
                        defaultValueSql: "now()"
                    ),
                    expires_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    metadata = table.Column<string>(type: "jsonb", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("opt_outs_pkey", x => x.id);
                    table.UniqueConstraint(
                        "opt_outs_customer_id_channel_key",
                        x => new { x.customer_id, x.channel }
                    );
                    table.CheckConstraint(
                        "opt_outs_channel_check",
                        "channel IN ('email', 'phone', 'sms', 'all')"
                    );
                    table.ForeignKey(
                        name: "opt_outs_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "compliance_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    description = table.Column<string>(type: "text", nullable: true),
                    rule_type = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    condition = table.Column<string>(type: "jsonb", nullable: false),
                    action = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    severity = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: true
                    ),
                    is_enabled = table.Column<bool>(
                        type: "boolean",
                        nullable: true,
                        defaultValue: true
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
                    table.PrimaryKey("compliance_rules_pkey", x => x.id);
                    table.UniqueConstraint("compliance_rules_name_key", x => x.name);
                    table.CheckConstraint(
                        "compliance_rules_action_check",
                        "action IN ('block_contact', 'require_approval', 'log_warning', 'escalate')"
                    );
                    table.CheckConstraint(
                        "compliance_rules_severity_check",
                        "severity IN ('low', 'medium', 'high', 'critical')"
                    );
                }
            );

            migrationBuilder.CreateUpdatedAtTrigger("compliance_rules");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "compliance_rules");
            migrationBuilder.DropTable(name: "opt_outs");
            migrationBuilder.DropTable(name: "audit_logs");
        }
    }
}
