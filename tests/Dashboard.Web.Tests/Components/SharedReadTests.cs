using Dashboard.Tests.Shared;
using Dashboard.Web.Components;
using Xunit;

namespace Dashboard.Web.Tests.Components;

public sealed class SharedReadTests
{
    private readonly TestClock _clock = new();
    private int _reads;

    [Fact]
    public async Task Many_who_ask_at_once_are_answered_by_one_reading()
    {
        var read = Reading(TimeSpan.FromMilliseconds(20));
        await read.NextAsync(default);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => read.NextAsync(default))
        );

        Assert.All(answers, a => Assert.Equal(2, a));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task A_recent_answer_is_given_again_until_it_is_too_old()
    {
        var read = Reading(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await read.RecentAsync(default));
        Assert.Equal(1, await read.RecentAsync(default));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await read.RecentAsync(default));
    }

    [Fact]
    public async Task A_failed_reading_is_tried_anew()
    {
        var fails = true;
        var read = new SharedRead<int>(
            () => fails ? throw new InvalidOperationException("down") : Task.FromResult(7),
            TimeSpan.Zero,
            _clock
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => read.RecentAsync(default));
        fails = false;
        Assert.Equal(7, await read.RecentAsync(default));
    }

    private SharedRead<int> Reading(TimeSpan every) =>
        new(() => Task.FromResult(Interlocked.Increment(ref _reads)), every, _clock);
}
