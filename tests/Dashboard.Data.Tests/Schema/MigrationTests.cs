using Dashboard.Data.Hosting;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Xunit;

namespace Dashboard.Data.Tests.Schema;

public sealed class MigrationTests
{
    /// <summary>schema.md, "Migration Strategy"; tables it does not name go where they belong.</summary>
    private static readonly (string Version, string[] Tables)[] Versions =
    [
        ("001", ["customers", "customer_profiles", "payment_records", "agents"]),
        ("002", ["campaigns", "tasks"]),
        ("003", ["contact_attempts", "templates"]),
        ("004", ["audit_logs", "opt_outs", "compliance_rules"]),
        ("005", ["system_metrics"]),
    ];

    [Fact]
    public async Task Each_version_brings_its_tables_and_all_can_be_undone()
    {
        await using var db = await TestDatabase.CreateAsync();
        await using var context = await db.Factory.CreateDbContextAsync();
        var migrator = context.GetService<IMigrator>();
        var catalog = new SchemaCatalog(db.DataSource);

        await migrator.MigrateAsync(Migration.InitialDatabase);
        Assert.Empty(await catalog.TablesAsync());

        var expected = new List<string>();
        foreach (var (version, tables) in Versions)
        {
            expected.AddRange(tables);
            await migrator.MigrateAsync(
                context
                    .Database.GetMigrations()
                    .Single(id => id.Contains($"_{version}_", StringComparison.Ordinal))
            );
            Assert.Equal(expected.Order(StringComparer.Ordinal), await catalog.TablesAsync());
        }
    }

    [Fact]
    public async Task Several_processes_that_start_at_once_create_and_migrate_a_missing_database_together()
    {
        var connectionString = await TestDatabase.MissingDatabaseAsync();
        await using var dataSource = DashboardDbOptions.CreateDataSource(connectionString);
        var options = new DbContextOptionsBuilder<DashboardDb>();
        options.UseDashboard(dataSource);
        var contexts = new PooledDbContextFactory<DashboardDb>(options.Options);

        var applied = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => new Migrator(connectionString, contexts).MigrateAsync())
        );

        Assert.Single(applied, migrations => migrations.Count > 0);
        await new DatabaseStartupCheck(connectionString).EnsureFitAsync();
        await dataSource.DisposeAsync();
        await TestDatabase.DropAsync(connectionString);
    }

    [Fact]
    public async Task A_database_with_another_time_zone_is_refused_with_the_remedy()
    {
        await using var db = await TestDatabase.CreateAsync();
        await db.DataSource.ExecuteAsync(
            $"ALTER DATABASE {db.Name} SET timezone TO 'Europe/London'"
        );

        var refusal = await Assert.ThrowsAsync<DatabaseUnfitException>(() =>
            new DatabaseStartupCheck(db.ConnectionString).EnsureFitAsync()
        );

        Assert.Contains($"ALTER DATABASE \"{db.Name}\" SET timezone TO 'UTC'", refusal.Message);
    }
}
