using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>The overview and the agents page read what ended lately out of tables whose bulk ended long ago.</summary>
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
                name: "idx_payment_records_paid_date",
                table: "payment_records",
                column: "paid_date",
                filter: "paid_date IS NOT NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "idx_tasks_completed_at", table: "tasks");

            migrationBuilder.DropIndex(
                name: "idx_payment_records_paid_date",
                table: "payment_records"
            );
        }
    }
}
