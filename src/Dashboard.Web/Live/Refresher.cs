namespace Dashboard.Web.Live;

/// <summary>
/// Turns any number of "something changed" into few loads: the first one after quiet loads at once, further ones
/// within the window wait for its end and load together; one load at a time. A load that takes long makes the next
/// one wait as long as it took, so that a busy page never uses more than half of a connection.
/// </summary>
internal sealed class Refresher(Func<CancellationToken, Task> load, TimeProvider time) : IDisposable
{
    /// <summary>Changes within this time from the start of a load are shown together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopped = new();
    private bool _running;
    private bool _dirty;
    private long? _notBefore;

    /// <summary>Something changed: load soon. Any thread; never waits and never throws.</summary>
    public void Request()
    {
        lock (_lock)
        {
            _dirty = true;
            if (_running || _stopped.IsCancellationRequested)
            {
                return;
            }

            _running = true;
        }

        _ = RunAsync();
    }

    /// <summary>Stops; a load under way is cancelled.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_stopped.IsCancellationRequested)
            {
                return;
            }
        }

        _stopped.Cancel();
        _stopped.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            var stopped = _stopped.Token;
            // Never on the caller's thread: the feed must not wait for a page.
            await Task.Yield();
            while (TakeDirty())
            {
                await WaitAsync(stopped);
                Accept();
                var start = time.GetTimestamp();
                await load(stopped);
                HoldOff(start);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
            // Disposed: nobody looks any more.
        }
    }

    private bool TakeDirty()
    {
        lock (_lock)
        {
            _running = _dirty && !_stopped.IsCancellationRequested;
            return _running;
        }
    }

    /// <summary>What was requested until now is covered by the load that begins now.</summary>
    private void Accept()
    {
        lock (_lock)
        {
            _dirty = false;
        }
    }

    private Task WaitAsync(CancellationToken stopped)
    {
        if (_notBefore is not { } instant)
        {
            return Task.CompletedTask;
        }

        var wait = time.GetElapsedTime(time.GetTimestamp(), instant);
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, stopped) : Task.CompletedTask;
    }

    private void HoldOff(long start)
    {
        var pause = Max(Window, time.GetElapsedTime(start) * 2);
        _notBefore = start + (long)(pause.TotalSeconds * time.TimestampFrequency);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
