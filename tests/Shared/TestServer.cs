using System.Diagnostics;
using System.Globalization;
using Dashboard.Data;
using Dashboard.Data.Hosting;
using Dashboard.LocalDatabase;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Dashboard.Tests.Shared;

/// <summary>
/// One PostgreSQL per clone for all test processes, in sequence or at once; it stops when the last of them ends. Holds a
/// migrated template per version of the migrations, which every test database is a copy of.
/// </summary>
internal static class TestServer
{
    private const int TemplatesKept = 3;

    private static readonly Lazy<Task<TestServerState>> State = new(StartAsync);

    /// <summary>Starts the server and builds the template on first use.</summary>
    public static Task<TestServerState> GetAsync() => State.Value;

    private static async Task<TestServerState> StartAsync()
    {
        var folder = Path.Combine(LocalFolders.Data, "test-postgres");
        Directory.CreateDirectory(folder);
        var users = Path.Combine(folder, "users.lock");
        // Held until this process ends: the server lives as long as anyone holds it.
        var share = await FileLock.ShareAsync(users, CancellationToken.None);
        var server = await LocalPostgres.StartAsync(
            new LocalPostgresOptions
            {
                Folder = folder,
                SharedBy = users,
                Log = Console.WriteLine,
                Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    // Nothing here needs to survive a power cut. Commits stay synchronous: the change feed hears of
                    // a commit when it is flushed, which the server would do up to 0.6 s later.
                    ["fsync"] = "off",
                    ["full_page_writes"] = "off",
                    ["max_connections"] = "300",
                    ["max_replication_slots"] = "50",
                    ["max_wal_senders"] = "50",
                    ["max_wal_size"] = "2GB",
                },
            }
        );
        await using var turn = await FileLock.TakeAsync(
            Path.Combine(folder, "template.lock"),
            CancellationToken.None
        );
        await DropLeftoversAsync(server);
        return new TestServerState(server, await EnsureTemplateAsync(server), share);
    }

    private static async Task<string> EnsureTemplateAsync(LocalPostgres server)
    {
        var version = typeof(Dashboard.Migrations.DesignTimeFactory).Module.ModuleVersionId;
        var template = $"template_{version:N}";
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        if (
            (await admin.QueryAsync("SELECT datname FROM pg_database")).Contains(
                template,
                StringComparer.Ordinal
            )
        )
        {
            return template;
        }

        var building = template + "_building";
        await admin.ExecuteAsync($"DROP DATABASE IF EXISTS {building}");
        await MigrateAsync(server.ConnectionString(building));
        await admin.ExecuteAsync($"ALTER DATABASE {building} ALLOW_CONNECTIONS false");
        await admin.ExecuteAsync($"ALTER DATABASE {building} RENAME TO {template}");
        return template;
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var dataSource = DashboardDbOptions.CreateDataSource(connectionString);
        var options = new DbContextOptionsBuilder<DashboardDb>();
        options.UseDashboard(dataSource);
        var contexts = new PooledDbContextFactory<DashboardDb>(options.Options);
        await new Migrator(connectionString, contexts).MigrateAsync();
    }

    /// <summary>Drops databases of killed test processes, and templates of old builds.</summary>
    private static async Task DropLeftoversAsync(LocalPostgres server)
    {
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        var tests = await admin.QueryAsync(
            "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'"
        );
        var templates = await admin.QueryAsync(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC"
        );
        foreach (
            var name in tests
                .Where(n => !IsAlive(n.Split('_')[1]))
                .Concat(templates.Skip(TemplatesKept))
        )
        {
            await admin.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private static bool IsAlive(string processId)
    {
        try
        {
            using var process = Process.GetProcessById(
                int.Parse(processId, CultureInfo.InvariantCulture)
            );
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>The running server, its template, and the lock that keeps it alive.</summary>
internal sealed record TestServerState(
    LocalPostgres Server,
    string Template,
    FileStream KeepsAlive
);
