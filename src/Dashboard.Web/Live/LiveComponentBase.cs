using Dashboard.Data.Changes;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Web.Live;

/// <summary>
/// A component that always shows the committed state: subscribes, then loads, then loads again whenever something it
/// shows was committed. Loads run one at a time on the component's own dispatcher.
/// </summary>
public abstract class LiveComponentBase : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _disposed = new();
    private CancellationTokenSource? _loading;
    private Task _direct = Task.CompletedTask;
    private IDisposable? _subscription;
    private Refresher? _refresher;
    private object? _loadedKey;

    [Inject]
    private ChangeFeed Feed { get; set; } = default!;

    [Inject]
    private TimeProvider LiveClock { get; set; } = default!;

    [Inject]
    private ILogger<LiveComponentBase> LiveLog { get; set; } = default!;

    /// <summary>The tables shown (constants of <see cref="Data.Changes.Topics"/>).</summary>
    protected abstract IReadOnlyList<string> Topics { get; }

    /// <summary>True once data was loaded; until then show a skeleton.</summary>
    protected bool Loaded { get; private set; }

    /// <summary>Why the last load failed, in a sentence for people; null when it did not. Old data stays.</summary>
    protected string? LoadFailure { get; private set; }

    /// <summary>
    /// The parameters that <see cref="LoadAsync"/> reads, as one value that compares by content (a tuple, a record).
    /// When it changes, a load under way is given up and the new data is loaded at once.
    /// </summary>
    protected virtual object? LoadKey => null;

    /// <summary>False for changes that surely do not show here. Called on the feed's thread: only compare ids.</summary>
    protected virtual bool Concerns(Change change) => true;

    /// <summary>
    /// Reads what is shown and sets it on the component as its last act. The token ends with the component, and when
    /// <see cref="LoadKey"/> changes.
    /// </summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    /// <summary>Reads again now, for instance after a filter changed or on "try again".</summary>
    protected async Task ReloadAsync()
    {
        await LoadDirectAsync();
        if (!_disposed.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        if (_subscription is null)
        {
            _refresher = new Refresher(ct => InvokeAsync(() => RefreshAsync(ct)), LiveClock);
            _subscription = Feed.Subscribe(Topics, OnChanges);
        }
        else if (Equals(_loadedKey, LoadKey))
        {
            return Task.CompletedTask;
        }

        return LoadDirectAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Unsubscribes and gives up a load under way. Call it when overriding.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed.IsCancellationRequested)
        {
            return;
        }

        _subscription?.Dispose();
        _refresher?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private void OnChanges(IReadOnlyList<Change> changes)
    {
        if (changes.Any(c => c.IsResync || Concerns(c)))
        {
            _refresher?.Request();
        }
    }

    /// <summary>A load because of the feed. It lets a load that a person waits for end first.</summary>
    private async Task RefreshAsync(CancellationToken ct)
    {
        try
        {
            while (!_direct.IsCompleted)
            {
                await _direct;
            }

            await LoadOnceAsync(ct);
            if (!ct.IsCancellationRequested)
            {
                StateHasChanged();
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    /// <summary>A load that a person waits for. It replaces the one under way, which would show something older.</summary>
    private Task LoadDirectAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        _loadedKey = LoadKey;
        _loading?.Cancel();
        return _direct = LoadOnceAsync(_disposed.Token);
    }

    private async Task LoadOnceAsync(CancellationToken ct)
    {
        using var loading = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _loading = loading;
        try
        {
            await LoadAsync(loading.Token);
            Loaded = true;
            LoadFailure = null;
        }
        catch (Exception) when (loading.IsCancellationRequested)
        {
            // Given up for a newer load, or the component is gone.
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            if (_loading == loading)
            {
                _loading = null;
            }
        }
    }

    private void Fail(Exception failure)
    {
        LiveLog.LogError(failure, "{Component} could not load", GetType().Name);
        LoadFailure = Loaded
            ? "The latest data could not be read. What you see may be out of date; it is read again in a few seconds."
            : "The data could not be read. It is tried again in a few seconds.";
        _ = RetryLaterAsync();
    }

    private async Task RetryLaterAsync()
    {
        try
        {
            await Task.Delay(s_retryAfter, LiveClock, _disposed.Token);
            _refresher?.Request();
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
            // The component is gone.
        }
    }
}
