using System.Diagnostics;

namespace Dashboard.Data.Changes;

/// <summary>
/// Tells a busy database from a quiet one. The server sends every commit in three small packets; waking up for each at
/// thousands of commits a second takes processor time from whoever writes. A busy stream is therefore read in gulps.
/// A quiet one is read at once.
/// </summary>
internal sealed class FeedPace
{
    private const int BusyCommits = 20;

    /// <summary>How long a busy stream gathers; pages show changes together within 100 ms anyway.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan s_span = TimeSpan.FromMilliseconds(100);

    private long _start = Stopwatch.GetTimestamp();
    private int _commits;

    /// <summary>True from 200 commits a second on.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Counts one commit.</summary>
    public void Commit()
    {
        _commits++;
        if (Stopwatch.GetElapsedTime(_start) < s_span)
        {
            IsBusy |= _commits >= BusyCommits;
            return;
        }

        IsBusy = _commits >= BusyCommits;
        _start = Stopwatch.GetTimestamp();
        _commits = 0;
    }
}
