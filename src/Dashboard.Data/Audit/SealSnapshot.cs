using System.Globalization;

namespace Dashboard.Data.Audit;

/// <summary>
/// What a seal knows of transactions, as its column <c>snapshot</c> has it: <c>own/xmin:xmax:running</c>. A transaction (or
/// one nested in it) that had not ended at the seal is numbered <c>xmin</c> or later; one that is numbered after
/// <c>own</c>, the sealing transaction itself, began to write after the seal.
/// </summary>
/// <param name="Own">The sealing transaction; it got its number after the snapshot was taken.</param>
/// <param name="Oldest">The oldest that had not ended (xmin of <c>pg_current_snapshot</c>).</param>
internal sealed record SealSnapshot(long Own, long Oldest)
{
    /// <summary>Reads the column; what cannot be read counts as "everything may be running".</summary>
    public static SealSnapshot Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return
            slash > 0
            && colon > slash
            && long.TryParse(text[..slash], CultureInfo.InvariantCulture, out var own)
            && long.TryParse(text[(slash + 1)..colon], CultureInfo.InvariantCulture, out var oldest)
            ? new SealSnapshot(own, oldest)
            : new SealSnapshot(long.MaxValue, 0);
    }
}

/// <summary>
/// Says how old a row of a transaction may be. The transaction got its number after the last seal whose own transaction has
/// a lower one, and the product takes a row's time at most <see cref="Allowance"/> before its transaction begins to write,
/// however long the transaction then runs: whatever is older was back-dated.
/// </summary>
internal sealed class SealMarks
{
    /// <summary>From taking a row's time to the first write of its transaction, and how far clocks of machines may differ.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromMinutes(2);

    /// <summary>A clock may be so far ahead; a row from beyond was not written by the product.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    private readonly List<(long Own, long SealedAt)> _newestFirst = [];

    /// <summary>Adds the next older seal; false when no older one can matter for transactions from <paramref name="oldest"/> on.</summary>
    public bool Add(SealSnapshot snapshot, long sealedAt, long oldest)
    {
        // Numbers that go down tell of a restored database: seals before it count other transactions.
        if (_newestFirst is [.., var newer] && snapshot.Own > newer.Own)
        {
            return false;
        }

        _newestFirst.Add((snapshot.Own, sealedAt));
        return snapshot.Own >= oldest;
    }

    /// <summary>The oldest time, in µs, that a row of a transaction numbered <paramref name="transaction"/> can honestly have.</summary>
    public long OldestTime(long transaction)
    {
        foreach (var (own, sealedAt) in _newestFirst)
        {
            if (own < transaction)
            {
                return sealedAt - (long)Allowance.TotalMicroseconds;
            }
        }

        return long.MinValue;
    }

    /// <summary>True when a row of this transaction can honestly carry this time.</summary>
    public bool MayBe(long transaction, long microseconds, long now) =>
        microseconds >= OldestTime(transaction)
        && microseconds <= now + (long)Ahead.TotalMicroseconds;
}
