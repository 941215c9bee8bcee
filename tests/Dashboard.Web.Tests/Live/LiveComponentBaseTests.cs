using Bunit;
using Dashboard.Data.Changes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Live;

public sealed class LiveComponentBaseTests : BunitContext
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ChangeFeed _feed = new();
    private readonly LiveSource _source = new();

    public LiveComponentBaseTests()
    {
        Services.AddSingleton(_feed);
        Services.AddSingleton(_source);
        Services.AddSingleton(TimeProvider.System);
    }

    [Fact]
    public void A_change_committed_while_the_first_load_reads_is_shown()
    {
        var release = new TaskCompletionSource();
        _source.Gate = _ => release.Task;
        var page = Render<LiveProbe>();
        page.MarkupMatches("skeleton");

        _source.Value = "second";
        Tell(Topics.Tasks);
        release.SetResult();

        page.WaitForAssertion(() => page.MarkupMatches("second"), s_patience);
    }

    [Fact]
    public void Changes_of_other_topics_and_rows_load_nothing_but_a_resync_does()
    {
        var mine = Guid.CreateVersion7();
        var page = Render<LiveProbe>(p => p.Add(c => c.Only, mine));
        page.WaitForAssertion(() => page.MarkupMatches("first"), s_patience);

        _source.Value = "second";
        Tell(Topics.Agents, mine);
        Tell(Topics.Tasks, Guid.CreateVersion7());
        Assert.Equal(1, _source.Reads);

        _feed.PublishResync();
        page.WaitForAssertion(() => page.MarkupMatches("second"), s_patience);
        Assert.Equal(2, _source.Reads);
    }

    [Fact]
    public void A_failed_load_says_so_and_keeps_what_was_shown_until_one_succeeds()
    {
        var page = Render<LiveProbe>();
        page.WaitForAssertion(() => page.MarkupMatches("first"), s_patience);

        _source.Failure = new InvalidOperationException("no database");
        Tell(Topics.Tasks);
        page.WaitForAssertion(
            () => Assert.StartsWith("first | The latest data could not be read.", page.Markup),
            s_patience
        );

        _source.Failure = null;
        _source.Value = "second";
        Tell(Topics.Tasks);
        page.WaitForAssertion(() => page.MarkupMatches("second"), s_patience);
    }

    [Fact]
    public async Task A_changed_parameter_gives_up_the_load_under_way_and_shows_only_the_new_data()
    {
        var page = Render<LiveProbe>(p => p.Add(c => c.Filter, "a-"));
        page.WaitForAssertion(() => page.MarkupMatches("a-first"), s_patience);
        var hang = new Hang();
        _source.Gate = hang.WaitAsync;
        Tell(Topics.Tasks);
        await hang.Entered.Task.WaitAsync(s_patience);

        _source.Gate = _ => Task.CompletedTask;
        page.Render(p => p.Add(c => c.Filter, "b-"));

        page.WaitForAssertion(() => page.MarkupMatches("b-first"), s_patience);
        await hang.Left.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_closed_page_cancels_its_load_and_hears_nothing_more()
    {
        var hang = new Hang();
        _source.Gate = hang.WaitAsync;
        Render<LiveProbe>();

        await DisposeComponentsAsync();
        Tell(Topics.Tasks);

        await hang.Left.Task.WaitAsync(s_patience);
        Assert.Equal(1, _source.Reads);
    }

    private void Tell(string topic, Guid? key = null) =>
        _feed.Publish([new Change(topic, key ?? Guid.CreateVersion7())]);

    /// <summary>A read that never answers.</summary>
    private sealed class Hang
    {
        public TaskCompletionSource Entered { get; } = new();

        public TaskCompletionSource Left { get; } = new();

        public async Task WaitAsync(CancellationToken ct)
        {
            Entered.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            }
            finally
            {
                Left.TrySetResult();
            }
        }
    }
}
