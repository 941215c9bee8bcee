using System.Collections.Concurrent;

namespace Dashboard.Engine.Tests.Race;

/// <summary>A time in which a customer must not be contacted: from after the stop was committed until before it was lifted.</summary>
/// <param name="Kind">What stopped it.</param>
/// <param name="CustomerId">Whom; null = everybody.</param>
/// <param name="Channel">How; null = in any way.</param>
/// <param name="From">UTC.</param>
/// <param name="To">UTC; null = for good.</param>
internal sealed record RaceStop(
    string Kind,
    Guid? CustomerId,
    string? Channel,
    DateTime From,
    DateTime? To
);

/// <summary>The real clock, which the processes go by too.</summary>
internal static class RaceClock
{
    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;
}

/// <summary>What the test stopped, by its own clock.</summary>
internal sealed class RaceStops
{
    private readonly ConcurrentBag<RaceStop> _stops = [];
    private readonly ConcurrentDictionary<(string Kind, Guid Customer), DateTime> _open = [];

    /// <summary>All, the ones still in force included.</summary>
    public IReadOnlyList<RaceStop> All =>
        [
            .. _stops,
            .. _open.Select(o => new RaceStop(o.Key.Kind, o.Key.Customer, null, o.Value, null)),
        ];

    /// <summary>A stop that was just committed.</summary>
    public void Add(string kind, Guid? customer, string? channel, DateTime? to = null) =>
        _stops.Add(new RaceStop(kind, customer, channel, RaceClock.Now, to));

    /// <summary>One that will be lifted was just committed.</summary>
    public void Begin(string kind, Guid customer) => _open[(kind, customer)] = RaceClock.Now;

    /// <summary>It is about to be lifted.</summary>
    public void End(string kind, Guid customer)
    {
        if (_open.TryRemove((kind, customer), out var from))
        {
            _stops.Add(new RaceStop(kind, customer, null, from, RaceClock.Now));
        }
    }
}
