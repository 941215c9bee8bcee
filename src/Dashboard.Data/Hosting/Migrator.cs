using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Data.Hosting;

/// <summary>
/// Brings the database to the newest migration. Several processes may start at once: one works, the others wait for it.
/// </summary>
public sealed class Migrator(string connectionString, IDbContextFactory<DashboardDb> contexts)
{
    // Any number that nothing else on the database locks; it spells "migr".
    private const long LockKey = 0x6d696772;

    /// <summary>
    /// Creates the database (UTF-8, timezone UTC) when it is missing, then applies what is missing. Returns the migrations
    /// that were applied; none when it was current.
    /// </summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(
        CancellationToken cancellationToken = default
    )
    {
        await CreateDatabaseIfMissingAsync(cancellationToken);

        // The lock belongs to this session: a killed process leaves none behind.
        await using var connection = await OpenAsync(null, cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        return pending;
    }

    /// <summary>Migrations that are not applied yet, oldest first; all of them when the database is missing.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    private async Task CreateDatabaseIfMissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(null, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateDatabaseAsync(cancellationToken);
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database ?? "postgres";
        var quoted = '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        await using var connection = await OpenAsync("postgres", cancellationToken);
        // One at a time: two ALTER DATABASE at once fail with "tuple concurrently updated".
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            await ExecuteAsync(
                connection,
                $"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'",
                cancellationToken
            );
        }
        catch (PostgresException e)
            when (e.SqlState
                    is PostgresErrorCodes.DuplicateDatabase
                        or PostgresErrorCodes.UniqueViolation
            )
        {
            // Another process was quicker.
        }

        await ExecuteAsync(
            connection,
            $"ALTER DATABASE {quoted} SET timezone TO 'UTC'",
            cancellationToken
        );
    }

    private async Task<NpgsqlConnection> OpenAsync(
        string? database,
        CancellationToken cancellationToken
    )
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        builder.Database = database ?? builder.Database;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        // Waiting for another process's migrations may take longer than a statement should.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
