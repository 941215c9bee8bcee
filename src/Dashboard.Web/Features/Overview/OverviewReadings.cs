using System.Collections.Concurrent;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Overview;

/// <summary>Shares the overview's readings between everyone who looks: the database feels one reader, not one a person.</summary>
public sealed class OverviewReadings(OverviewQuery query, TimeProvider clock)
{
    private static readonly TimeSpan s_figuresEvery = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan s_trendsEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, SharedRead<OverviewSnapshot>> _figures = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<(string, string), SharedRead<OverviewTrends>> _trends =
        new();

    /// <summary>The figures as they are after this call.</summary>
    public Task<OverviewSnapshot> FiguresAsync(string zone, CancellationToken cancellationToken) =>
        _figures
            .GetOrAdd(
                zone,
                z => new(() => query.ReadAsync(z, CancellationToken.None), s_figuresEvery, clock)
            )
            .NextAsync(cancellationToken);

    /// <summary>The 30-day lines, a minute old at most.</summary>
    public Task<OverviewTrends> TrendsAsync(
        string zone,
        string currency,
        CancellationToken cancellationToken
    ) =>
        _trends
            .GetOrAdd(
                (zone, currency),
                key =>
                    new(
                        () => query.ReadTrendsAsync(key.Item1, key.Item2, CancellationToken.None),
                        s_trendsEvery,
                        clock
                    )
            )
            .RecentAsync(cancellationToken);
}
