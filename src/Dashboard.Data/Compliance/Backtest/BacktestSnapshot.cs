using System.Data;
using Npgsql;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>A transaction that only reads, in one snapshot, and takes little of the server.</summary>
internal sealed class BacktestSnapshot : IAsyncDisposable
{
    // A sort of a million contacts goes to disk beyond this; parallel workers would take the dispatcher's core; a cursor is
    // planned for its first rows otherwise; compiling costs more than it saves.
    private const string Modest = """
        SET TRANSACTION READ ONLY;
        SET LOCAL work_mem = '32MB';
        SET LOCAL max_parallel_workers_per_gather = 0;
        SET LOCAL cursor_tuple_fraction = 1;
        SET LOCAL jit = off;
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private BacktestSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        (_connection, _transaction) = (connection, transaction);
        Events = new PastEvents(connection);
        Reads = new BacktestReads(connection);
    }

    /// <summary>What happened.</summary>
    public PastEvents Events { get; }

    /// <summary>What else is known.</summary>
    public BacktestReads Reads { get; }

    /// <summary>Takes one.</summary>
    public static async Task<BacktestSnapshot> OpenAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(
                IsolationLevel.RepeatableRead,
                cancellationToken
            );
            await using var settings = new NpgsqlCommand(Modest, connection);
            await settings.ExecuteNonQueryAsync(cancellationToken);
            return new BacktestSnapshot(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
