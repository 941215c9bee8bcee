using System.Collections.Concurrent;
using Dashboard.Data.Contacts.Results;
using Dashboard.Engine.Loops;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Engine.Sending;

/// <summary>
/// Sends what this process has reserved, outside any transaction, each attempt once: its id is the idempotency key, and an
/// attempt that is on its way is never taken up a second time. Results are written in batches, whatever has come in.
/// </summary>
public sealed class Sender : IEngineJob, IDisposable
{
    /// <summary>The outbox brings what is new; the database is searched for what it lost.</summary>
    private static readonly TimeSpan s_searchInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, SendJob> _onTheWay = new();
    private readonly ConcurrentQueue<AttemptResult> _results = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly CancellationTokenSource _aborted = new();
    private readonly Outbox _queue;
    private readonly Courier _courier;
    private readonly ResultRecorder _recorder;
    private readonly SendStore _store;
    private readonly EngineIdentity _identity;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Sender> _logger;
    private DateTime _renewedAt;
    private DateTime _searchedAt;

    internal Sender(
        Outbox queue,
        Courier courier,
        ResultRecorder recorder,
        SendStore store,
        EngineIdentity identity,
        IOptions<EngineOptions> options,
        TimeProvider time,
        ILogger<Sender> logger
    )
    {
        _queue = queue;
        _courier = courier;
        _recorder = recorder;
        _store = store;
        _identity = identity;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc />
    public TimeSpan Interval => _options.PollInterval;

    /// <inheritdoc />
    public void Dispose()
    {
        _aborted.Dispose();
        _news.Dispose();
    }

    /// <summary>
    /// Lets what is on its way arrive and records it; what takes longer than the host's patience is left to the rescuer.
    /// </summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!_onTheWay.IsEmpty)
            {
                await _news.WaitAsync(_options.PollInterval, cancellationToken);
                await RecordAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException impatience)
        {
            _logger.LogWarning(
                impatience,
                "{Count} contacts were still on their way.",
                _onTheWay.Count
            );
        }

        await _aborted.CancelAsync();
    }

    /// <summary>Takes up new attempts and writes the results that are there; true while there is something to do at once.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var search = now - _searchedAt >= s_searchInterval;
        _searchedAt = search ? now : _searchedAt;
        var started = await StartAsync(search, cancellationToken);
        await RenewLeasesAsync(cancellationToken);
        if (started == 0 && _results.IsEmpty && !_onTheWay.IsEmpty)
        {
            // Wakes as soon as one comes back, or to look for more.
            await _news.WaitAsync(_options.PollInterval, cancellationToken);
            while (_news.CurrentCount > 0)
            {
                await _news.WaitAsync(cancellationToken);
            }
        }

        var recorded = await RecordAsync(cancellationToken);
        return started > 0 || recorded > 0 || !_onTheWay.IsEmpty;
    }

    /// <summary>Sends everything that is reserved and waits for it; returns how many results were written.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(search: true, cancellationToken);
        var recorded = 0;
        while (!_onTheWay.IsEmpty || !_results.IsEmpty)
        {
            await _news.WaitAsync(cancellationToken);
            recorded += await RecordAsync(cancellationToken);
        }

        return recorded;
    }

    /// <param name="search">Also looks in the database for what the outbox lost.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<int> StartAsync(bool search, CancellationToken cancellationToken)
    {
        var places = _options.MaxConcurrentSends - _onTheWay.Count;
        if (places <= 0)
        {
            return 0;
        }

        var ids = _queue.Take(places);
        if (ids.Count == 0 && search)
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
            _ = SendAsync(job, _aborted.Token);
        }

        return jobs.Count;
    }

    private async Task SendAsync(SendJob job, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (await _courier.CarryAsync(job, cancellationToken) is { } result)
        {
            _results.Enqueue(result);
        }
        else
        {
            _onTheWay.TryRemove(job.AttemptId, out _);
        }

        _news.Release();
    }

    private async Task<int> RecordAsync(CancellationToken cancellationToken)
    {
        var results = new List<AttemptResult>();
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
