using System.Threading.Channels;
using Dashboard.Data.Changes;
using Dashboard.Data.Hosting;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Data.Tests.Changes;

/// <summary>The feed as a web process runs it, and what a subscriber to everything heard.</summary>
internal sealed class FeedProbe : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _services;
    private readonly Channel<IReadOnlyList<Change>> _heard = Channel.CreateUnbounded<
        IReadOnlyList<Change>
    >();
    private readonly Channel<FeedState> _states = Channel.CreateUnbounded<FeedState>();

    private FeedProbe(ServiceProvider services)
    {
        _services = services;
        Feed = services.GetRequiredService<ChangeFeed>();
        Feed.Subscribe(Topics.All, changes => _heard.Writer.TryWrite(changes));
        Feed.StateChanged += state => _states.Writer.TryWrite(state);
    }

    public ChangeFeed Feed { get; }

    public static async Task<FeedProbe> StartAsync(
        string connectionString,
        Action<ChangeFeedOptions>? configure = null
    )
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDashboardData(connectionString);
        services.AddChangeFeed(configure);
        var probe = new FeedProbe(services.BuildServiceProvider());
        await probe.Reader.StartAsync(CancellationToken.None);
        return probe;
    }

    /// <summary>Started, live, and the first "read again" heard.</summary>
    public static async Task<FeedProbe> StartLiveAsync(
        TestDatabase db,
        Action<ChangeFeedOptions>? configure = null
    )
    {
        var probe = await StartAsync(db.ConnectionString, configure);
        await probe.UntilAsync(FeedState.Live);
        await probe.ResyncAsync();
        return probe;
    }

    /// <summary>The next commit's changes.</summary>
    public async Task<IReadOnlyList<Change>> NextAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        return await _heard.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Waits for the next "read everything again".</summary>
    public async Task ResyncAsync()
    {
        while (true)
        {
            var heard = await NextAsync();
            if (heard.Count == Topics.All.Count && heard.All(c => c.IsResync))
            {
                return;
            }
        }
    }

    /// <summary>Waits for a state.</summary>
    public async Task UntilAsync(FeedState state)
    {
        using var patience = new CancellationTokenSource(s_patience);
        FeedState reached;
        do
        {
            reached = await _states.Reader.ReadAsync(patience.Token);
        } while (reached != state);
    }

    public async ValueTask DisposeAsync()
    {
        await Reader.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private IHostedService Reader => _services.GetServices<IHostedService>().Single();
}
