using Npgsql;

namespace Dashboard.Data.Audit;

/// <summary>
/// Checks the whole audit log against its seals, in one snapshot and without stopping anyone: names the earliest row that was
/// changed, removed or inserted. Streams; its memory does not grow with the log.
/// </summary>
public sealed class AuditVerifier(
    NpgsqlDataSource source,
    AuditKey key,
    AuditHeadFile heads,
    TimeProvider time
)
{
    /// <summary>So many faults are named; all are counted.</summary>
    public const int FaultsKept = 200;

    private const int SealsAtOnce = 1_000;
    private const int RowsAtOnce = 20_000;

    /// <summary>Checks.</summary>
    /// <param name="expected">A head that somebody kept; null compares with what this machine kept only.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<AuditReport> VerifyAsync(
        AuditHead? expected = null,
        IProgress<AuditProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var start = time.GetTimestamp();
        var at = time.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await AuditChain.BeginAsync(connection, cancellationToken);
        using var hashes = new AuditHashes(key);
        var faults = new FaultList(FaultsKept);
        var check = new SealCheck(hashes, faults);
        var last = (
            await AuditChain.NewestAsync(connection, 1, cancellationToken)
        ).FirstOrDefault();
        await AuditGuards.CheckAsync(connection, faults, cancellationToken);
        await CheckSealsAsync(connection, check, last, progress, cancellationToken);
        var waiting = await UnsealedRows.CheckAsync(
            connection,
            last,
            at,
            faults,
            cancellationToken
        );
        var name = await AuditChain.NameAsync(connection, cancellationToken);
        var kept = heads.Last(name);
        foreach (var head in new[] { expected, kept }.OfType<AuditHead>().Distinct())
        {
            await CheckHeadAsync(connection, head, last, faults, cancellationToken);
        }

        return new AuditReport
        {
            At = at,
            Took = time.GetElapsedTime(start),
            Seals = check.Seals,
            Rows = check.Rows,
            Waiting = waiting,
            SealedUpTo = last?.Time,
            Head = last is null ? null : AuditHead.Of(last.Number, last.Hash),
            Compared = expected ?? kept,
            Counts = faults.Counts,
            Faults = faults.Earliest,
        };
    }

    private static async Task CheckSealsAsync(
        NpgsqlConnection connection,
        SealCheck check,
        StoredSeal? last,
        IProgress<AuditProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var after = long.MinValue;
        List<StoredSeal> seals;
        while (
            (seals = await AuditChain.AfterAsync(connection, after, SealsAtOnce, cancellationToken))
                is [.., var newest]
        )
        {
            foreach (var group in Groups(seals))
            {
                await CheckGroupAsync(connection, check, after, group, cancellationToken);
                after = group[^1].Number;
                progress?.Report(new AuditProgress(check.Rows, after, last!.Number));
            }

            after = newest.Number;
        }

        // Entries behind the last seal: their seals were cut off.
        await CheckGroupAsync(connection, check, after, [], cancellationToken);
    }

    /// <summary>Seals whose rows are read by one statement.</summary>
    private static IEnumerable<List<StoredSeal>> Groups(List<StoredSeal> seals)
    {
        var group = new List<StoredSeal>();
        long rows = 0;
        foreach (var seal in seals)
        {
            group.Add(seal);
            rows += Math.Max(0, seal.Head.Rows);
            if (rows >= RowsAtOnce)
            {
                yield return group;
                (group, rows) = ([], 0);
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static async Task CheckGroupAsync(
        NpgsqlConnection connection,
        SealCheck check,
        long after,
        List<StoredSeal> seals,
        CancellationToken cancellationToken
    )
    {
        var next = 0;
        var entries = new List<SealedEntry>();
        var high = seals.Count > 0 ? seals[^1].Number : long.MaxValue;
        var low = after == long.MinValue ? after : Math.Min(after, long.MaxValue - 1) + 1;
        await foreach (
            var entry in AuditChain.EntriesAsync(connection, low, high, cancellationToken)
        )
        {
            if (entries.Count > 0 && entries[0].Seal != entry.Seal)
            {
                next = Flush(check, seals, next, entries);
            }

            entries.Add(entry);
        }

        next = Flush(check, seals, next, entries);
        for (; next < seals.Count; next++)
        {
            check.Check(seals[next], []);
        }
    }

    /// <summary>Hands the entries of one seal on, and the seals before it that have none; the next seal's index.</summary>
    private static int Flush(
        SealCheck check,
        List<StoredSeal> seals,
        int next,
        List<SealedEntry> entries
    )
    {
        if (entries.Count == 0)
        {
            return next;
        }

        var number = entries[0].Seal;
        for (; next < seals.Count && seals[next].Number < number; next++)
        {
            check.Check(seals[next], []);
        }

        if (next < seals.Count && seals[next].Number == number)
        {
            check.Check(seals[next++], entries);
        }
        else
        {
            check.Orphans(number, entries, next > 0 ? seals[next - 1].Time : null);
        }

        entries.Clear();
        return next;
    }

    private static async Task CheckHeadAsync(
        NpgsqlConnection connection,
        AuditHead head,
        StoredSeal? last,
        FaultList faults,
        CancellationToken cancellationToken
    )
    {
        var seal = await AuditChain.FindAsync(connection, head.Number, cancellationToken);
        if (seal is not null && AuditHead.Of(seal.Number, seal.Hash) == head)
        {
            return;
        }

        var text =
            seal is not null
                ? $"Seal {head.Number} is not the one that was seen before: it was changed, or the whole chain was replaced."
            : last is null || last.Number < head.Number
                ? $"The end was cut off: seal {head.Number} was seen before, but the chain ends with {last?.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}."
            : $"Seal {head.Number} was seen before and is missing.";
        faults.Add(new AuditFault(AuditFaultKind.Head, text, Seal: head.Number));
    }
}
