using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>Schema ops: one-time links by which operators choose their password.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000009_009_SetupTokens")]
    public sealed class SetupTokens : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "setup_tokens",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    operator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    expires_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    used_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("setup_tokens_pkey", x => x.id);
                    table.ForeignKey(
                        name: "setup_tokens_operator_id_fkey",
                        column: x => x.operator_id,
                        principalSchema: "ops",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "idx_setup_tokens_operator_id",
                schema: "ops",
                table: "setup_tokens",
                column: "operator_id"
            );

            migrationBuilder.CreateIndex(
                name: "setup_tokens_token_hash_key",
                schema: "ops",
                table: "setup_tokens",
                column: "token_hash",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "setup_tokens", schema: "ops");
        }
    }
}
