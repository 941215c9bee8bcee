using System.ComponentModel.DataAnnotations;

namespace Dashboard.Data.Changes;

/// <summary>Section <c>Feed</c>: how a web process follows the database.</summary>
public sealed class ChangeFeedOptions
{
    /// <summary>
    /// Where the replication connection goes; null = where the other connections go. Needed when those pass a pooler:
    /// poolers do not carry replication.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often pages read again while changes do not arrive by themselves.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When logical decoding is tried again after the server refused it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan RetryRefusedAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause between attempts to reconnect; they start at a quarter of a second and double.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the position is confirmed to the server and the lag is looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan ConfirmEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Bytes of write-ahead log the server may hold back for this process. Above it the connection is dropped, which
    /// frees them, and a new one starts at the present.
    /// </summary>
    [Range(1L << 16, long.MaxValue)]
    public long MostLagBytes { get; set; } = 256L << 20;

    /// <summary>Changes of one commit that are told one by one; a larger commit is told as one change per topic.</summary>
    [Range(1, 100_000)]
    public int MostChangesPerCommit { get; set; } = 200;
}
