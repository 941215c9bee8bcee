namespace Dashboard.Data.Changes;

/// <summary>Gathers one commit's changes: each row once, and only the topics when there are too many rows.</summary>
internal sealed class CommitCollector(int mostChanges)
{
    private readonly HashSet<Change> _changes = [];
    private readonly HashSet<string> _flooded = new(StringComparer.Ordinal);

    /// <summary>Forgets everything, for the next commit.</summary>
    public void Clear()
    {
        _changes.Clear();
        _flooded.Clear();
    }

    /// <summary>True when a change of <paramref name="topic"/> adds nothing any more and need not be read.</summary>
    public bool IsFlooded(string topic) => _flooded.Contains(topic);

    /// <summary>Adds one change.</summary>
    public void Add(Change change)
    {
        if (change.IsResync)
        {
            Flood(change.Topic);
        }
        else if (!IsFlooded(change.Topic) && _changes.Add(change) && _changes.Count > mostChanges)
        {
            foreach (var topic in _changes.Select(c => c.Topic).Distinct().ToList())
            {
                Flood(topic);
            }
        }
    }

    /// <summary>What to publish.</summary>
    public IReadOnlyList<Change> Take() =>
        [.. _flooded.Select(t => new Change(t, Guid.Empty)), .. _changes];

    private void Flood(string topic)
    {
        _flooded.Add(topic);
        _changes.RemoveWhere(c => c.Topic == topic);
    }
}
