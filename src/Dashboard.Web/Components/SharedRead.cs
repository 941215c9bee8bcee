namespace Dashboard.Web.Components;

/// <summary>
/// One reading for everyone who looks at the same thing: however many pages ask, and however often, the database is
/// read once per <paramref name="every"/>.
/// </summary>
/// <param name="read">The reading; runs without a caller's token because others wait for it too.</param>
/// <param name="every">Least time between the starts of two readings.</param>
/// <param name="clock">Where the time comes from.</param>
public sealed class SharedRead<T>(Func<Task<T>> read, TimeSpan every, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _startedAt = DateTimeOffset.MinValue;
    private Task<T>? _last;
    private Task<T>? _next;

    /// <summary>A reading that starts after this call: what was committed before is in it. May wait for its turn.</summary>
    public Task<T> NextAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var wait = _startedAt + every - clock.GetUtcNow();
            var next = wait <= TimeSpan.Zero ? StartAsync() : _next ??= StartLaterAsync(wait);
            return next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The last reading while it is younger than the interval, else a new one.</summary>
    public Task<T> RecentAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _last is { IsFaulted: false } last && clock.GetUtcNow() < _startedAt + every
                ? last.WaitAsync(cancellationToken)
                : NextAsync(cancellationToken);
        }
    }

    private async Task<T> StartLaterAsync(TimeSpan wait)
    {
        await Task.Delay(wait, clock);
        return await StartAsync();
    }

    private Task<T> StartAsync()
    {
        lock (_lock)
        {
            _startedAt = clock.GetUtcNow();
            _next = null;
            _last = Task.Run(read);
            return _last;
        }
    }
}
