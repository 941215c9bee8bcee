using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>"What would this rule have done?", asked of a past period.</summary>
/// <param name="Draft">
/// The rule as somebody wants it. It is judged as if it were on, also when it is a draft of a rule that is off or in shadow;
/// only a draft that switches off a rule that is on is judged as off.
/// </param>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="ExamplesPerChange">How many examples of each kind of change to keep, 0 to 50.</param>
public sealed record BacktestRequest(
    RuleDraft Draft,
    DateTime From,
    DateTime To,
    int ExamplesPerChange = 5
)
{
    /// <summary>The longest period that one run replays.</summary>
    public static TimeSpan LongestPeriod { get; } = TimeSpan.FromDays(3 * 366);
}

/// <summary>What a backtest is at.</summary>
public enum BacktestPhase
{
    /// <summary>Another one is running in this process; they go one at a time, in the order of arrival.</summary>
    Queued,

    /// <summary>The database counts and sorts the contacts of the period.</summary>
    Gathering,

    /// <summary>Contacts are judged again.</summary>
    Replaying,
}

/// <summary>How far a backtest is; <see cref="Done"/> never goes back.</summary>
/// <param name="Phase">What it is at.</param>
/// <param name="Done">Contacts and refusals of the period judged so far.</param>
/// <param name="Total">All of them; 0 while they are not counted yet.</param>
/// <param name="PerSecond">Judged a second since the first one.</param>
/// <param name="Ahead">While queued: how many go first.</param>
public sealed record BacktestProgress(
    BacktestPhase Phase,
    int Done,
    int Total,
    double PerSecond,
    int Ahead = 0
)
{
    /// <summary>0 to 100.</summary>
    public int Percent => Total == 0 ? 0 : (int)(100L * Math.Min(Done, Total) / Total);
}
