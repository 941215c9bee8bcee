using System.Threading.Channels;

namespace Dashboard.Engine.Sending;

/// <summary>
/// Reserved attempts on their way from the dispatcher to the sender of the same process. Bounded and only a shortcut: what
/// does not fit, or is lost, the sender finds in the database by its lease.
/// </summary>
public sealed class Outbox
{
    private const int Capacity = 5000;

    private readonly Channel<Guid> _attempts = Channel.CreateBounded<Guid>(Capacity);

    /// <summary>Offers attempts whose reservation is committed.</summary>
    public void Offer(IEnumerable<Guid> attempts)
    {
        foreach (var attempt in attempts)
        {
            if (!_attempts.Writer.TryWrite(attempt))
            {
                return;
            }
        }
    }

    /// <summary>Takes up to <paramref name="most"/> without waiting.</summary>
    public List<Guid> Take(int most)
    {
        var taken = new List<Guid>();
        while (taken.Count < most && _attempts.Reader.TryRead(out var attempt))
        {
            taken.Add(attempt);
        }

        return taken;
    }

    /// <summary>Completes when there is something to take.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        _attempts.Reader.WaitToReadAsync(cancellationToken);
}
