using System.Collections.Concurrent;
using Dashboard.Engine.Channels;
using Dashboard.Engine.Loops;
using Dashboard.Engine.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Sending;

/// <summary>
/// Sends what this process has reserved, outside any transaction, each attempt once: its id is the idempotency key, and an
/// attempt that is on its way is never taken up a second time. Results are written in batches, whatever has come in.
/// </summary>
public sealed class Sender : IEngineJob, IDisposable
{
    /// <summary>A send does not begin when its lease is about to end: the rescuer may be looking at it already.</summary>
    private const double LeaseMargin = 0.25;

    private readonly ConcurrentDictionary<Guid, SendJob> _onTheWay = new();
    private readonly ConcurrentQueue<SendResult> _results = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Outbox _queue;
    private readonly MessageBuilder _messages;
    private readonly ResultRecorder _recorder;
    private readonly ChannelSet _channels;
    private readonly SendStore _store;
    private readonly EngineIdentity _identity;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Sender> _logger;
    private DateTime _renewedAt;

    internal Sender(
        Outbox queue,
        MessageBuilder messages,
        ResultRecorder recorder,
        ChannelSet channels,
        SendStore store,
        EngineIdentity identity,
        IOptions<EngineOptions> options,
        TimeProvider time,
        ILogger<Sender> logger
    )
    {
        _queue = queue;
        _messages = messages;
        _recorder = recorder;
        _channels = channels;
        _store = store;
        _identity = identity;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc />
    public TimeSpan Interval => _options.PollInterval;

    /// <inheritdoc />
    public void Dispose() => _news.Dispose();

    /// <summary>Takes up new attempts and writes the results that are there; true while there is something to do at once.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var started = await StartAsync(cancellationToken);
        await RenewLeasesAsync(cancellationToken);
        if (started == 0 && _results.IsEmpty && !_onTheWay.IsEmpty)
        {
            // Wakes as soon as one comes back, or to look for more.
            await _news.WaitAsync(_options.PollInterval, cancellationToken);
        }

        var recorded = await RecordAsync(cancellationToken);
        return started > 0 || recorded > 0 || !_onTheWay.IsEmpty;
    }

    /// <summary>Sends everything that is reserved and waits for it; returns how many results were written.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken);
        var recorded = 0;
        while (!_onTheWay.IsEmpty || !_results.IsEmpty)
        {
            await _news.WaitAsync(cancellationToken);
            recorded += await RecordAsync(cancellationToken);
        }

        return recorded;
    }

    private async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        var places = _options.MaxConcurrentSends - _onTheWay.Count;
        if (places <= 0)
        {
            return 0;
        }

        var ids = _queue.Take(places);
        if (ids.Count == 0)
        {
            ids = await _store.FindMineAsync(
                _identity.Token,
                places + _onTheWay.Count,
                cancellationToken
            );
        }

        var fresh = ids.Where(id => !_onTheWay.ContainsKey(id)).Distinct().Take(places).ToList();
        if (fresh.Count == 0)
        {
            return 0;
        }

        var jobs = await _store.LoadAsync(fresh, _identity.Token, cancellationToken);
        foreach (var job in jobs.Where(job => _onTheWay.TryAdd(job.AttemptId, job)))
        {
            _ = SendAsync(job, cancellationToken);
        }

        return jobs.Count;
    }

    private async Task SendAsync(SendJob job, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (await TrySendAsync(job, cancellationToken) is { } result)
        {
            _results.Enqueue(result);
        }
        else
        {
            _onTheWay.TryRemove(job.AttemptId, out _);
        }

        _news.Release();
    }

    /// <summary>The result; null when the process stops before it is known, which the rescuer then finds out.</summary>
    private async Task<SendResult?> TrySendAsync(SendJob job, CancellationToken cancellationToken)
    {
        try
        {
            var message = _messages.Build(job);
            if (message.Error is { } unsendable)
            {
                return SendResult.Unsendable(job, unsendable.Message);
            }

            var now = _time.GetUtcNow().UtcDateTime;
            if (job.LeaseUntil - now < _options.LeaseDuration * LeaseMargin)
            {
                return null;
            }

            var channel = _channels.For(job.Channel, job.IsDemo);
            var outcome = await HandOverAsync(channel, message.Value, cancellationToken);
            return SendResult.Of(
                job.AttemptId,
                job.TaskId,
                job.AgentId,
                job.Attempts >= job.MaxAttempts,
                channel.Provider,
                outcome,
                _options,
                _time.GetUtcNow().UtcDateTime
            );
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            _logger.LogError(failure, "Attempt {Attempt} could not be prepared.", job.AttemptId);
            return SendResult.Unsendable(job, $"The message could not be made: {failure.Message}");
        }
    }

    /// <summary>What a channel throws says nothing about whether the message left.</summary>
    private async Task<SendOutcome> HandOverAsync(
        IChannel channel,
        OutgoingMessage message,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await channel.SendAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            _logger.LogError(failure, "Attempt {Attempt} failed on its way.", message.AttemptId);
            return new SendOutcome(
                SendKind.Unknown,
                Domain.Contacts.ContactStatus.Sent,
                "unconfirmed",
                Failure: failure.Message
            );
        }
    }

    private async Task<int> RecordAsync(CancellationToken cancellationToken)
    {
        var results = new List<SendResult>();
        while (results.Count < _options.BatchSize && _results.TryDequeue(out var result))
        {
            results.Add(result);
        }

        if (results.Count == 0)
        {
            return 0;
        }

        try
        {
            await _recorder.RecordAsync(results, _identity.Token, "sender", cancellationToken);
        }
        catch
        {
            // They did happen: keep them for the next try, they stay "on the way" and are not sent again.
            results.ForEach(_results.Enqueue);
            throw;
        }

        results.ForEach(r => _onTheWay.TryRemove(r.AttemptId, out _));
        return results.Count;
    }

    private async Task RenewLeasesAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (_onTheWay.IsEmpty || now - _renewedAt < _options.LeaseDuration / 4)
        {
            return;
        }

        _renewedAt = now;
        await _store.RenewAsync(_identity.Token, now + _options.LeaseDuration, cancellationToken);
    }
}
