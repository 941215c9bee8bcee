using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>Indexes for what the overview reads on every change.</summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000010_010_OverviewIndexes")]
    public sealed class OverviewIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "idx_tasks_completed_at",
                table: "tasks",
                column: "completed_at",
                filter: "completed_at IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_attempts_unconfirmed",
                table: "contact_attempts",
                column: "timestamp",
                filter: "metadata->>'delivery' = 'unconfirmed'"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "idx_contact_attempts_unconfirmed",
                table: "contact_attempts"
            );
            migrationBuilder.DropIndex(name: "idx_tasks_completed_at", table: "tasks");
        }
    }
}
