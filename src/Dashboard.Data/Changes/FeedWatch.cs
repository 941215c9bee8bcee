using Npgsql;

namespace Dashboard.Data.Changes;

/// <summary>
/// Sees to it that the feed never burdens the server: confirms positions regularly, and ends the connection when the
/// server has to keep more write-ahead log for it than allowed.
/// </summary>
internal sealed class FeedWatch
{
    private readonly LogicalStream _stream;
    private readonly NpgsqlDataSource _source;
    private readonly ChangeFeedOptions _options;
    private readonly CancellationTokenSource _ending;

    /// <summary>Starts watching until <paramref name="ending"/> is cancelled, by the owner or by the watch itself.</summary>
    public FeedWatch(
        LogicalStream stream,
        NpgsqlDataSource source,
        ChangeFeedOptions options,
        CancellationTokenSource ending
    )
    {
        _stream = stream;
        _source = source;
        _options = options;
        _ending = ending;
        Ended = RunAsync(ending.Token);
    }

    /// <summary>Completes when the watch is over; never fails.</summary>
    public Task Ended { get; }

    /// <summary>Why the watch ended the connection; null when it did not.</summary>
    public Exception? Complaint { get; private set; }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.ConfirmEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                _stream.Confirm();
                await CheckLagAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ended.
        }
        catch (Exception failure)
        {
            Complaint = failure;
            await _ending.CancelAsync();
        }
    }

    private async Task CheckLagAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            """
            SELECT pg_wal_lsn_diff(
                CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
                confirmed_flush_lsn)::bigint
            FROM pg_replication_slots WHERE slot_name = $1
            """
        );
        command.Parameters.Add(new() { Value = _stream.SlotName });
        var lag = await command.ExecuteScalarAsync(cancellationToken) as long?;
        if (lag > _options.MostLagBytes)
        {
            await LetGoAsync(cancellationToken);
            throw new InvalidOperationException(
                $"The feed is {lag >> 20} MiB behind, more than {_options.MostLagBytes >> 20} MiB."
            );
        }
    }

    /// <summary>Ends the sender on the server: that frees the log even when this process is stuck.</summary>
    private async Task LetGoAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = $1"
        );
        command.Parameters.Add(new() { Value = _stream.SlotName });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
