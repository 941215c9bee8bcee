using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>Schema ops: import runs, their rejected rows, saved mappings, and which rows are demo data.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000007_007_Imports")]
    public sealed class Imports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "demo_entities",
                schema: "ops",
                columns: table => new
                {
                    table_name = table.Column<string>(
                        type: "character varying(63)",
                        maxLength: 63,
                        nullable: false
                    ),
                    row_id = table.Column<Guid>(type: "uuid", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("demo_entities_pkey", x => new { x.table_name, x.row_id });
                }
            );

            migrationBuilder.CreateTable(
                name: "import_mappings",
                schema: "ops",
                columns: table => new
                {
                    name = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    kind = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    mapping = table.Column<string>(type: "jsonb", nullable: false),
                    saved_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("import_mappings_pkey", x => x.name);
                    table.CheckConstraint(
                        "import_mappings_kind_check",
                        "kind IN ('customers', 'payments')"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "import_runs",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    file_name = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: false
                    ),
                    mapping_name = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    mapping = table.Column<string>(type: "jsonb", nullable: false),
                    shift_days = table.Column<int>(type: "integer", nullable: false),
                    header = table.Column<string>(type: "text", nullable: false),
                    dry_run = table.Column<bool>(type: "boolean", nullable: false),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    phase = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    percent = table.Column<int>(type: "integer", nullable: false),
                    actor_id = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    actor_name = table.Column<string>(
                        type: "character varying(256)",
                        maxLength: 256,
                        nullable: false
                    ),
                    rows_read = table.Column<long>(type: "bigint", nullable: false),
                    rows_rejected = table.Column<long>(type: "bigint", nullable: false),
                    customers_created = table.Column<long>(type: "bigint", nullable: false),
                    customers_updated = table.Column<long>(type: "bigint", nullable: false),
                    payments_created = table.Column<long>(type: "bigint", nullable: false),
                    payments_updated = table.Column<long>(type: "bigint", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    heartbeat_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    finished_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("import_runs_pkey", x => x.id);
                    table.CheckConstraint(
                        "import_runs_kind_check",
                        "kind IN ('customers', 'payments')"
                    );
                    table.CheckConstraint(
                        "import_runs_phase_check",
                        "phase IN ('reading', 'checking', 'writing', 'done')"
                    );
                    table.CheckConstraint(
                        "import_runs_status_check",
                        "status IN ('running', 'completed', 'failed', 'cancelled')"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "import_rejections",
                schema: "ops",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    column_name = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    raw = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("import_rejections_pkey", x => new { x.run_id, x.line });
                    table.ForeignKey(
                        name: "import_rejections_run_id_fkey",
                        column: x => x.run_id,
                        principalSchema: "ops",
                        principalTable: "import_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "idx_import_runs_started_at",
                schema: "ops",
                table: "import_runs",
                column: "started_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "demo_entities", schema: "ops");

            migrationBuilder.DropTable(name: "import_mappings", schema: "ops");

            migrationBuilder.DropTable(name: "import_rejections", schema: "ops");

            migrationBuilder.DropTable(name: "import_runs", schema: "ops");
        }
    }
}
