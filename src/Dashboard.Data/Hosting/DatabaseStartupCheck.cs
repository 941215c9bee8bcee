using Npgsql;

namespace Dashboard.Data.Hosting;

/// <summary>What the program needs of its server; refused at start rather than wrong later.</summary>
public sealed class DatabaseStartupCheck(string connectionString)
{
    private const int OldestVersion = 150000;

    /// <summary>
    /// Throws <see cref="DatabaseUnfitException"/> with the remedy when the server is older than PostgreSQL 15 or the database's
    /// own time zone is not UTC: <c>timestamp</c> columns hold UTC, and <c>DEFAULT NOW()</c> of another writer follows the
    /// database's zone.
    /// </summary>
    public async Task EnsureFitAsync(CancellationToken cancellationToken = default)
    {
        // Without the zone our own connections ask for: what counts is what others get.
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Timezone = null,
        };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            SELECT current_setting('server_version_num')::int,
                   current_setting('server_version'),
                   current_setting('TimeZone'),
                   current_database(),
                   (SELECT bool_and(extract(timezone FROM day) = 0)
                    FROM generate_series(timestamptz '2026-01-01', '2026-12-01', '1 month') day)
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetInt32(0) < OldestVersion)
        {
            throw new DatabaseUnfitException(
                $"The server is PostgreSQL {reader.GetString(1)}; PostgreSQL 15 or later is needed."
            );
        }

        if (!reader.GetBoolean(4))
        {
            throw new DatabaseUnfitException(
                $"The database's time zone is {reader.GetString(2)}, but its timestamps hold UTC. "
                    + $"Run: ALTER DATABASE \"{reader.GetString(3)}\" SET timezone TO 'UTC'; and start again."
            );
        }
    }
}

/// <summary>The server cannot be used; the message says why and what to do.</summary>
public sealed class DatabaseUnfitException(string message) : Exception(message);
