using System.Globalization;
using Dashboard.Data;
using Dashboard.Data.Hosting;
using Dashboard.LocalDatabase;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Dashboard.Tests.Shared;

/// <summary>
/// A migrated, empty database of its own on the shared test server (about 50 ms); dropped when disposed. One per test class:
/// <code>await using var db = await TestDatabase.CreateAsync();</code>
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly LocalPostgres? _server;

    private TestDatabase(string name, string connectionString, LocalPostgres? server = null)
    {
        _server = server;
        Name = name;
        ConnectionString = connectionString;
        DataSource = DashboardDbOptions.CreateDataSource(connectionString);
        var options = new DbContextOptionsBuilder<DashboardDb>();
        options.UseDashboard(DataSource);
        Factory = new PooledDbContextFactory<DashboardDb>(options.Options);
    }

    /// <summary>Its name on the server.</summary>
    public string Name { get; }

    /// <summary>How a program of its own reaches it.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections with timezone UTC.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>What queries and commands take.</summary>
    public IDbContextFactory<DashboardDb> Factory { get; }

    /// <summary>Makes one.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var (server, template, _) = await TestServer.GetAsync();
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"test_{Environment.ProcessId}_{Guid.CreateVersion7():N}"
        );
        var admin = server.ConnectionString("postgres");
        await using (var connections = NpgsqlDataSource.Create(Unpooled(admin)))
        {
            await connections.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        }

        return new TestDatabase(name, server.ConnectionString(name));
    }

    /// <summary>
    /// One on a server of its own with PostgreSQL's usual durability: for benchmarks, where the flush of a commit counts.
    /// </summary>
    public static async Task<TestDatabase> CreateDurableAsync()
    {
        var server = await LocalPostgres.StartAsync(
            new LocalPostgresOptions { Folder = Path.Combine(LocalFolders.Data, "benchmark") }
        );
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{Guid.CreateVersion7():N}");
        var database = new TestDatabase(name, server.ConnectionString(name), server);
        await new Migrator(database.ConnectionString, database.Factory).MigrateAsync();
        return database;
    }

    /// <summary>A server without any database of ours: the connection string of a name that does not exist yet.</summary>
    public static async Task<string> MissingDatabaseAsync()
    {
        var (server, _, _) = await TestServer.GetAsync();
        return server.ConnectionString(
            string.Create(
                CultureInfo.InvariantCulture,
                $"test_{Environment.ProcessId}_{Guid.CreateVersion7():N}"
            )
        );
    }

    /// <summary>Adds entities and saves.</summary>
    public async Task AddAsync(params object[] entities)
    {
        await using var db = await Factory.CreateDbContextAsync();
        db.AddRange(entities);
        await db.SaveChangesAsync();
    }

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<DashboardDb, Task<T>> read)
    {
        await using var db = await Factory.CreateDbContextAsync();
        return await read(db);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await DropAsync(ConnectionString);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Drops a database that a test let the product create.</summary>
    public static async Task DropAsync(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var name = builder.Database;
        builder.Database = "postgres";
        await using var connections = NpgsqlDataSource.Create(builder.ConnectionString);
        // WITH (FORCE) does not end a change feed that still follows the database.
        await connections.ExecuteAsync(
            $"SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = '{name}' AND active"
        );
        await connections.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
