namespace Dashboard.Data.Changes;

/// <summary>How current the feed is; the header shows it.</summary>
public enum FeedState
{
    /// <summary>Connecting or catching up.</summary>
    CatchingUp,

    /// <summary>Every commit arrives.</summary>
    Live,

    /// <summary>Logical decoding is not allowed here: subscribers are told to re-read every 5 s.</summary>
    Polling,
}
