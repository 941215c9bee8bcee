using Npgsql;

namespace Dashboard.Data.Changes;

/// <summary>
/// Commits that have arrived but may not show yet. The server sends a commit as soon as it is in the log, which is a
/// moment before other sessions see it: a page told at once could read the old row and never be told again.
/// </summary>
internal sealed class HeldCommits(NpgsqlDataSource source)
{
    private readonly List<(uint Transaction, IReadOnlyList<Change> Changes)> _held = [];

    /// <summary>True while there are any.</summary>
    public bool Any => _held.Count > 0;

    /// <summary>How many came since the last release.</summary>
    public int Fresh { get; private set; }

    /// <summary>Keeps one until it shows.</summary>
    public void Add(uint transaction, IReadOnlyList<Change> changes)
    {
        _held.Add((transaction, changes));
        Fresh++;
    }

    /// <summary>Hands out those that show by now, in their order.</summary>
    public async Task ReleaseAsync(
        Action<IReadOnlyList<Change>> publish,
        CancellationToken cancellationToken
    )
    {
        Fresh = 0;
        if (_held.Count == 0)
        {
            return;
        }

        var snapshot = await Snapshot.TakeAsync(source, cancellationToken);
        foreach (var (_, changes) in _held.Where(h => snapshot.Sees(h.Transaction)))
        {
            publish(changes);
        }

        _held.RemoveAll(h => snapshot.Sees(h.Transaction));
    }

    /// <summary>
    /// Waits until what was committed before now shows, at most <paramref name="most"/>: transactions that run longer
    /// than that have not been committed and will arrive.
    /// </summary>
    public async Task SettleAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var running = (await Snapshot.TakeAsync(source, cancellationToken)).Running;
        while (running.Count > 0 && TimeProvider.System.GetElapsedTime(start) < most)
        {
            await Task.Delay(5, cancellationToken);
            var now = (await Snapshot.TakeAsync(source, cancellationToken)).Running;
            running = running.Where(now.Contains).ToHashSet();
        }
    }
}
