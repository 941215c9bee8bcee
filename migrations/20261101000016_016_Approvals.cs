using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>
    /// A request for approval ends with its task, whoever ends the task: an operator, an opt-out, a payment, the campaign, the
    /// dispatcher. The condition is looked at before the function is called, so tasks that ask for nothing pay nothing.
    /// </summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000016_016_Approvals")]
    public sealed class Approvals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The dispatcher asks for a task's approvals in every batch; the index that was there knows open requests only.
            migrationBuilder.CreateIndex(
                name: "idx_approval_requests_task_id",
                schema: "ops",
                table: "approval_requests",
                column: "task_id"
            );

            migrationBuilder.Sql(
                """
                CREATE FUNCTION ops.withdraw_approval_request() RETURNS TRIGGER AS $$
                BEGIN
                    UPDATE ops.approval_requests
                    SET status = 'withdrawn', decided_at = coalesce(NEW.completed_at, clock_timestamp() AT TIME ZONE 'UTC')
                    WHERE task_id = NEW.id AND status = 'pending';
                    RETURN NULL;
                END;
                $$ LANGUAGE plpgsql;
                CREATE TRIGGER withdraw_approval_request AFTER UPDATE OF status ON tasks
                    FOR EACH ROW WHEN (OLD.status = 'pending' AND NEW.status IN ('cancelled', 'completed', 'failed')
                        AND OLD.context -> 'gate' ->> 'decision' = 'requires_approval')
                    EXECUTE FUNCTION ops.withdraw_approval_request();
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION ops.withdraw_approval_request CASCADE;");

            migrationBuilder.DropIndex(
                name: "idx_approval_requests_task_id",
                schema: "ops",
                table: "approval_requests"
            );
        }
    }
}
