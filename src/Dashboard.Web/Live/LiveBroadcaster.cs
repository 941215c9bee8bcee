using Dashboard.Data.Changes;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Web.Live;

/// <summary>
/// The hub's side of the change feed: gathers what changed, reads it in one query per table and tells every client.
/// Too much at once, a row that is gone or a failed read become <c>Resync</c>.
/// </summary>
internal sealed class LiveBroadcaster : IHostedService, IDisposable
{
    private const int MostRows = 500;

    /// <summary>A client that does not take its messages must not keep the others waiting.</summary>
    private static readonly TimeSpan s_longestSend = TimeSpan.FromSeconds(2);

    private readonly ChangeFeed _feed;
    private readonly LiveClients _clients;
    private readonly LiveQuery _query;
    private readonly IHubContext<LiveHub, ILiveClient> _hub;
    private readonly ILogger<LiveBroadcaster> _log;
    private readonly Refresher _refresher;
    private readonly Lock _lock = new();
    private HashSet<Change> _pending = [];
    private IDisposable? _subscription;

    public LiveBroadcaster(
        ChangeFeed feed,
        LiveClients clients,
        LiveQuery query,
        IHubContext<LiveHub, ILiveClient> hub,
        TimeProvider time,
        ILogger<LiveBroadcaster> log
    )
    {
        _feed = feed;
        _clients = clients;
        _query = query;
        _hub = hub;
        _log = log;
        _refresher = new Refresher(FlushAsync, time);
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = _feed.Subscribe([Topics.Tasks, Topics.Agents], OnChanges);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription?.Dispose();
        _refresher.Dispose();
    }

    private void OnChanges(IReadOnlyList<Change> changes)
    {
        if (!_clients.Any)
        {
            return;
        }

        lock (_lock)
        {
            _pending.UnionWith(changes);
        }

        _refresher.Request();
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        HashSet<Change> changes;
        lock (_lock)
        {
            (changes, _pending) = (_pending, []);
        }

        try
        {
            var send = await TellAsync(changes, ct);
            await send.WaitAsync(s_longestSend, ct);
        }
        catch (TimeoutException slow)
        {
            _log.LogWarning(slow, "A client of the live hub does not take its messages");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _log.LogError(
                failure,
                "Live messages could not be read; clients are told to read again"
            );
            await _hub.Clients.All.Resync();
        }
    }

    private async Task<Task> TellAsync(HashSet<Change> changes, CancellationToken ct)
    {
        if (changes.Count > MostRows || changes.Any(c => c.IsResync))
        {
            return _hub.Clients.All.Resync();
        }

        var taskIds = Keys(changes, Topics.Tasks);
        var agentIds = Keys(changes, Topics.Agents);
        var tasks = await _query.TasksAsync(taskIds, ct);
        var agents = await _query.AgentsAsync(agentIds, ct);
        var sends = tasks
            .Select(_hub.Clients.All.TaskChanged)
            .Concat(agents.Select(_hub.Clients.All.AgentChanged));
        return tasks.Count < taskIds.Count || agents.Count < agentIds.Count
            ? Task.WhenAll(sends.Append(_hub.Clients.All.Resync()))
            : Task.WhenAll(sends);
    }

    private static HashSet<Guid> Keys(IEnumerable<Change> changes, string topic) =>
        changes.Where(c => c.Topic == topic).Select(c => c.Key).ToHashSet();
}
