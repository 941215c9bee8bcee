using System.Collections.Concurrent;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Agents;

/// <summary>Shares the wall's reading between everyone who looks.</summary>
public sealed class AgentWallReadings(AgentWallQuery query, TimeProvider clock)
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, SharedRead<AgentWall>> _walls = new(
        StringComparer.Ordinal
    );

    /// <summary>The wall as it is after this call.</summary>
    public Task<AgentWall> ReadAsync(string zone, CancellationToken cancellationToken) =>
        _walls
            .GetOrAdd(
                zone,
                z => new(() => query.ReadAsync(z, CancellationToken.None), s_every, clock)
            )
            .NextAsync(cancellationToken);
}
