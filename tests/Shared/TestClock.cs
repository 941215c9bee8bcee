namespace Dashboard.Tests.Shared;

/// <summary>A clock that stands still until a test moves it. Timers follow the real clock.</summary>
public sealed class TestClock(DateTime now) : TimeProvider
{
    /// <summary>Starts at <see cref="Some.Now"/>.</summary>
    public TestClock()
        : this(Some.Now) { }

    /// <summary>The instant it shows, UTC.</summary>
    public DateTime Now { get; set; } = now;

    /// <summary>Moves it.</summary>
    public void Advance(TimeSpan by) => Now += by;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
}
