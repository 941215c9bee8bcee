using Dashboard.Data.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Data.Changes;

/// <summary>
/// Keeps <see cref="ChangeFeed"/> fed: by logical decoding, and while that is not to be had by telling subscribers to
/// read again every few seconds. After every gap they are told to read again once.
/// </summary>
internal sealed class FeedReader(
    ChangeFeed feed,
    NpgsqlDataSource source,
    DatabaseAddress address,
    IOptions<ChangeFeedOptions> options,
    ILogger<FeedReader> logger
) : BackgroundService
{
    private static readonly TimeSpan s_firstBackOff = TimeSpan.FromMilliseconds(250);

    private readonly ChangeFeedOptions _options = options.Value;
    private readonly Lock _lock = new();
    private bool _live;
    private bool _refused;

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FollowAsync(stoppingToken), PollWhileBlindAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var pause = s_firstBackOff;
        while (!stoppingToken.IsCancellationRequested)
        {
            var failure = await FollowOnceAsync(stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (GoBlind(failure))
            {
                pause = s_firstBackOff;
            }

            var wait = _refused ? _options.RetryRefusedAfter : pause;
            await DelayAsync(wait, stoppingToken);
            pause = Shorter(pause * 2, _options.LongestBackOff);
        }
    }

    /// <summary>One connection from beginning to end; returns why it ended.</summary>
    private async Task<Exception> FollowOnceAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        FeedWatch? watch = null;
        try
        {
            await Publication.EnsureAsync(source, ending.Token);
            await using var stream = new LogicalStream(
                _options.ConnectionString ?? address.ConnectionString,
                source,
                _options
            );
            await stream.OpenAsync(ending.Token);
            GoLive();
            watch = new FeedWatch(stream, source, _options, ending);
            await ReadAsync(stream, ending.Token);
            return new InvalidOperationException("The server ended the stream.");
        }
        catch (Exception failure)
        {
            return watch?.Complaint ?? failure;
        }
        finally
        {
            await ending.CancelAsync();
            await (watch?.Ended ?? Task.CompletedTask);
        }
    }

    /// <summary>
    /// Reads until the end, and not longer: a cancellation that meets the start of the stream can be lost in the driver
    /// (seen with Npgsql 10.0.0). Such a stream is left alone; it ends with its connection and publishes nothing more.
    /// </summary>
    private async Task ReadAsync(LogicalStream stream, CancellationToken ending)
    {
        var reading = stream.ReadAsync(
            changes =>
            {
                if (!ending.IsCancellationRequested)
                {
                    feed.Publish(changes);
                }
            },
            ending
        );
        try
        {
            await reading.WaitAsync(ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await reading.WaitAsync(LogicalStream.Grace, CancellationToken.None);
        }
    }

    /// <summary>
    /// The slot exists, so every later commit arrives. What was committed before it is caught up by one re-read, told
    /// before the state changes so that "live" is never shown over old rows.
    /// </summary>
    private void GoLive()
    {
        feed.PublishResync();
        lock (_lock)
        {
            _live = true;
            _refused = false;
        }

        feed.SetState(FeedState.Live);
        logger.LogInformation("The live feed follows the database");
    }

    /// <summary>Returns true when it was live until now.</summary>
    private bool GoBlind(Exception failure)
    {
        bool wasLive;
        lock (_lock)
        {
            wasLive = _live;
            _live = false;
            _refused = FeedRefusal.IsRefusal(failure);
        }

        if (_refused)
        {
            logger.LogWarning(
                "The server does not allow logical decoding ({Reason}); pages read again every {Seconds} s. It takes wal_level = logical, a role with REPLICATION, a free replication slot, and the publication ({Statement})",
                (failure as PostgresException)?.MessageText ?? failure.Message,
                _options.PollEvery.TotalSeconds,
                Publication.CreateStatement
            );
        }
        else
        {
            logger.LogWarning(failure, "The live feed was interrupted; it connects again");
        }

        feed.SetState(_refused ? FeedState.Polling : FeedState.CatchingUp);
        return wasLive;
    }

    private async Task PollWhileBlindAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await DelayAsync(_options.PollEvery, stoppingToken);
            lock (_lock)
            {
                if (_live || stoppingToken.IsCancellationRequested)
                {
                    continue;
                }

                feed.SetState(FeedState.Polling);
            }

            feed.PublishResync();
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static Task DelayAsync(TimeSpan time, CancellationToken stoppingToken) =>
        Task.Delay(time, stoppingToken)
            .ContinueWith(
                _ => { },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
}
