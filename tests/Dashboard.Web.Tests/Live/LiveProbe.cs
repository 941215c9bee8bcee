using Dashboard.Data.Changes;
using Dashboard.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Dashboard.Web.Tests.Live;

/// <summary>What the probe reads from: a value anyone may change, and a gate that holds reads back.</summary>
internal sealed class LiveSource
{
    private int _reads;

    public string Value { get; set; } = "first";

    public Exception? Failure { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    public Func<CancellationToken, Task> Gate { get; set; } = _ => Task.CompletedTask;

    public async Task<string> ReadAsync(string? filter, CancellationToken ct)
    {
        Interlocked.Increment(ref _reads);
        var seen = filter + Value;
        await Gate(ct);
        return Failure is null ? seen : throw Failure;
    }
}

/// <summary>A live component as pages write them.</summary>
internal sealed class LiveProbe : LiveComponentBase
{
    private string _shown = "nothing";

    [Parameter]
    public string? Filter { get; set; }

    [Parameter]
    public Guid? Only { get; set; }

    [Inject]
    private LiveSource Source { get; set; } = default!;

    protected override IReadOnlyList<string> Topics => [Data.Changes.Topics.Tasks];

    protected override object? LoadKey => Filter;

    protected override bool Concerns(Change change) => Only is null || change.Key == Only;

    protected override async Task LoadAsync(CancellationToken ct) =>
        _shown = await Source.ReadAsync(Filter, ct);

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddContent(0, Loaded ? _shown : "skeleton");
        builder.AddContent(1, LoadFailure is null ? null : " | " + LoadFailure);
    }
}
