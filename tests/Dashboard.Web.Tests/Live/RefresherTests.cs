using System.Diagnostics;
using Dashboard.Web.Live;
using Xunit;

namespace Dashboard.Web.Tests.Live;

public sealed class RefresherTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task After_quiet_the_first_change_loads_at_once_and_a_burst_loads_once_more_at_the_end_of_the_window()
    {
        var loads = new LoadLog();
        using var refresher = new Refresher(loads.LoadAsync, TimeProvider.System);

        refresher.Request();
        await loads.UntilAsync(1);
        for (var i = 0; i < 1000; i++)
        {
            refresher.Request();
        }

        await loads.UntilAsync(2);
        Assert.True(loads.Gap(0, 1) > TimeSpan.FromMilliseconds(90), $"{loads.Gap(0, 1)}");
        Assert.Equal(2, loads.Count);
    }

    [Fact]
    public async Task A_change_during_a_load_loads_again_after_it_and_never_beside_it()
    {
        var release = new TaskCompletionSource();
        var inside = 0;
        var loads = new LoadLog(async _ =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await release.Task;
            Interlocked.Decrement(ref inside);
        });
        using var refresher = new Refresher(loads.LoadAsync, TimeProvider.System);

        refresher.Request();
        await loads.UntilAsync(1);
        refresher.Request();
        refresher.Request();
        release.SetResult();

        await loads.UntilAsync(2);
        Assert.Equal(2, loads.Count);
    }

    [Fact]
    public async Task Disposing_cancels_the_load_and_later_changes_load_nothing()
    {
        var cancelled = new TaskCompletionSource();
        var loads = new LoadLog(async ct =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            }
            finally
            {
                cancelled.SetResult();
            }
        });
        var refresher = new Refresher(loads.LoadAsync, TimeProvider.System);
        refresher.Request();
        await loads.UntilAsync(1);

        refresher.Dispose();
        refresher.Request();

        await cancelled.Task.WaitAsync(s_patience);
        Assert.Equal(1, loads.Count);
    }

    /// <summary>When each load began.</summary>
    private sealed class LoadLog(Func<CancellationToken, Task>? work = null)
    {
        private readonly List<long> _starts = [];
        private readonly Dictionary<int, TaskCompletionSource> _waiting = [];

        public int Count
        {
            get
            {
                lock (_starts)
                {
                    return _starts.Count;
                }
            }
        }

        public async Task LoadAsync(CancellationToken ct)
        {
            lock (_starts)
            {
                _starts.Add(Stopwatch.GetTimestamp());
                if (_waiting.TryGetValue(_starts.Count, out var waiting))
                {
                    waiting.TrySetResult();
                }
            }

            if (work is not null)
            {
                await work(ct);
            }
        }

        public TimeSpan Gap(int from, int to) =>
            Stopwatch.GetElapsedTime(_starts[from], _starts[to]);

        public Task UntilAsync(int count)
        {
            lock (_starts)
            {
                if (_starts.Count >= count)
                {
                    return Task.CompletedTask;
                }

                var waiting = new TaskCompletionSource(
                    TaskCreationOptions.RunContinuationsAsynchronously
                );
                _waiting[count] = waiting;
                return waiting.Task.WaitAsync(s_patience);
            }
        }
    }
}
