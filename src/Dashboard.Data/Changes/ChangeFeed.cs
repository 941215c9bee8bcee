using Microsoft.Extensions.Logging;

namespace Dashboard.Data.Changes;

/// <summary>
/// Hands committed changes to whoever shows them. Subscribers are called on the feed's thread and must only mark
/// themselves dirty; reading happens on their own. Who subscribes first and reads then misses nothing: a commit that
/// the read did not see is handed out after it.
/// </summary>
public sealed class ChangeFeed(ILogger<ChangeFeed>? logger = null)
{
    private readonly Lock _lock = new();
    private volatile Subscription[] _subscriptions = [];
    private volatile FeedState _state;

    /// <summary>How current the feed is.</summary>
    public FeedState State => _state;

    /// <summary>Raised after <see cref="State"/> changed, on the feed's thread.</summary>
    public event Action<FeedState>? StateChanged;

    /// <summary>Calls <paramref name="onChanges"/> with each commit's changes to <paramref name="topics"/> until disposed.</summary>
    public IDisposable Subscribe(
        IEnumerable<string> topics,
        Action<IReadOnlyList<Change>> onChanges
    )
    {
        var subscription = new Subscription(
            this,
            topics.ToHashSet(StringComparer.Ordinal),
            onChanges
        );
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    /// <summary>Hands one commit's changes to the subscribers; one that fails does not keep it from the others.</summary>
    public void Publish(IReadOnlyList<Change> changes)
    {
        foreach (var subscription in _subscriptions)
        {
            try
            {
                subscription.Deliver(changes);
            }
            catch (Exception failure)
            {
                logger?.LogError(failure, "A subscriber of the change feed failed");
            }
        }
    }

    /// <summary>Tells every subscriber that anything may have changed.</summary>
    public void PublishResync() => Publish([.. Topics.All.Select(t => new Change(t, Guid.Empty))]);

    /// <summary>Sets <see cref="State"/>.</summary>
    public void SetState(FeedState state)
    {
        lock (_lock)
        {
            if (_state == state)
            {
                return;
            }

            _state = state;
        }

        try
        {
            StateChanged?.Invoke(state);
        }
        catch (Exception failure)
        {
            logger?.LogError(failure, "A listener of the change feed's state failed");
        }
    }

    private sealed class Subscription(
        ChangeFeed feed,
        HashSet<string> topics,
        Action<IReadOnlyList<Change>> onChanges
    ) : IDisposable
    {
        public void Deliver(IReadOnlyList<Change> changes)
        {
            var concerned = changes.Where(c => topics.Contains(c.Topic)).ToList();
            if (concerned.Count > 0)
            {
                onChanges(concerned);
            }
        }

        public void Dispose()
        {
            lock (feed._lock)
            {
                feed._subscriptions = [.. feed._subscriptions.Where(s => s != this)];
            }
        }
    }
}
