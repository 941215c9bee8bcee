using System;
using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>What the engine keeps beside schema.md: approvals, the simulated provider's books, the dispatcher's claim index.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000008_008_Engine")]
    public sealed class EngineTables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "approval_requests",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    rule = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    explanation = table.Column<string>(type: "text", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    requested_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    decided_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    decided_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("approval_requests_pkey", x => x.id);
                    table.CheckConstraint(
                        "approval_requests_channel_check",
                        "channel IN ('email', 'phone', 'sms')"
                    );
                    table.CheckConstraint(
                        "approval_requests_status_check",
                        "status IN ('pending', 'approved', 'rejected')"
                    );
                    table.ForeignKey(
                        name: "approval_requests_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "approval_requests_task_id_fkey",
                        column: x => x.task_id,
                        principalTable: "tasks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "simulated_messages",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    accepted_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    sends = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("simulated_messages_pkey", x => x.id);
                    table.CheckConstraint(
                        "simulated_messages_channel_check",
                        "channel IN ('email', 'phone', 'sms')"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "idx_approval_requests_customer_id",
                schema: "ops",
                table: "approval_requests",
                column: "customer_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_approval_requests_status_requested_at",
                schema: "ops",
                table: "approval_requests",
                columns: new[] { "status", "requested_at" }
            );

            migrationBuilder.CreateIndex(
                name: "uq_approval_requests_open",
                schema: "ops",
                table: "approval_requests",
                column: "task_id",
                unique: true,
                filter: "status = 'pending'"
            );

            migrationBuilder.CreateTaskClaimIndex();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX idx_tasks_claim;");

            migrationBuilder.DropTable(name: "approval_requests", schema: "ops");

            migrationBuilder.DropTable(name: "simulated_messages", schema: "ops");
        }
    }
}
