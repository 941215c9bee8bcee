using Dashboard.Data;
using Dashboard.Data.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Dashboard.Migrations;

/// <summary>
/// Lets the EF tools build the model; nothing connects, no database is needed. A new table or column: write the entity and
/// its configuration in Dashboard.Data, then
/// <code>dotnet dotnet-ef migrations add 0NN_Name --project migrations --startup-project migrations</code>
/// and run the schema tests with <c>WRITE_SCHEMA_DUMP=1</c> to renew <c>migrations/schema.sql</c>. After a conflict in the
/// snapshot take main's, delete your migration's two files and add it again. What is added belongs to schema <c>ops</c>:
/// <c>public</c> is fixed by schema.md.
/// </summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<DashboardDb>
{
    /// <inheritdoc />
    public DashboardDb CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<DashboardDb>()
                .UseDashboard("Host=localhost;Database=design_time")
                .Options
        );
}
