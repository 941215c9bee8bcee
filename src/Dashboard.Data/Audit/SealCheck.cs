using System.Globalization;

namespace Dashboard.Data.Audit;

/// <summary>Checks one seal after the other, each with its entries and their rows.</summary>
internal sealed class SealCheck(AuditHashes hashes, FaultList faults)
{
    private StoredSeal? _previous;

    /// <summary>Sealed rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Seals seen.</summary>
    public long Seals { get; private set; }

    /// <summary>The next seal in order, with its entries by position.</summary>
    public void Check(StoredSeal seal, IReadOnlyList<SealedEntry> entries)
    {
        var expected = (_previous?.Number ?? 0) + 1;
        var gap = seal.Number != expected;
        if (gap)
        {
            MissingSeals(expected, seal);
        }

        Seals++;
        var actual = CheckRows(entries, out var mismatches);
        var complete = CheckPositions(seal, entries);
        // Behind a missing seal the hash before is not known: the rows prove themselves, the link does not.
        var stored = gap || Matches(seal, entries.Select(e => (e.Id, e.Hash)));
        var recomputed = stored || (mismatches.Count > 0 && Matches(seal, actual));
        foreach (var entry in mismatches)
        {
            faults.Add(Mismatch(seal, entry, entryChanged: !stored && recomputed));
        }

        if (!stored && !recomputed && complete)
        {
            faults.Add(
                Fault(
                    seal,
                    $"Seal {seal.Number} does not match: it, the list of its rows or the seal before it was changed."
                )
            );
        }

        _previous = seal;
    }

    /// <summary>Entries that name a seal that is not there.</summary>
    public void Orphans(long number, IReadOnlyList<SealedEntry> entries, DateTime? at)
    {
        CheckRows(entries, out var mismatches);
        faults.Add(
            new AuditFault(
                AuditFaultKind.Seal,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Seal {number} is missing: {entries.Count} rows say that it sealed them."
                ),
                at ?? entries.FirstOrDefault(e => e.Row is not null).Row?.Time,
                number
            )
        );
        foreach (var entry in mismatches)
        {
            faults.Add(Mismatch(null, entry, entryChanged: false));
        }
    }

    private bool Matches(StoredSeal seal, IEnumerable<(Guid, byte[])> rows) =>
        hashes.Seal(_previous?.Hash, seal.Head, rows).AsSpan().SequenceEqual(seal.Hash);

    /// <summary>Key and hash of each row as it is now; those that are not as they were.</summary>
    private List<(Guid, byte[])> CheckRows(
        IReadOnlyList<SealedEntry> entries,
        out List<SealedEntry> mismatches
    )
    {
        var actual = new List<(Guid, byte[])>(entries.Count);
        mismatches = [];
        foreach (var entry in entries)
        {
            Rows++;
            var hash = entry.Row is { } row ? hashes.Row(row) : entry.Hash;
            actual.Add((entry.Id, hash));
            if (entry.Row is null || !hash.AsSpan().SequenceEqual(entry.Hash))
            {
                mismatches.Add(entry);
            }
        }

        return actual;
    }

    private bool CheckPositions(StoredSeal seal, IReadOnlyList<SealedEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Position != i)
            {
                var twice = i > 0 && entries[i].Position == entries[i - 1].Position;
                faults.Add(
                    Fault(
                        seal,
                        twice
                            ? $"Seal {seal.Number}: row {entries[i].Id} is there more than once."
                            : $"Seal {seal.Number}: the entry of its row {i} is missing."
                    )
                );
                return false;
            }
        }

        if (entries.Count == seal.Head.Rows)
        {
            return true;
        }

        faults.Add(
            Fault(
                seal,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Seal {seal.Number} says {seal.Head.Rows} rows, but {entries.Count} are listed: the seal or its list was changed."
                )
            )
        );
        return false;
    }

    private void MissingSeals(long expected, StoredSeal found)
    {
        var text =
            found.Number < expected ? $"Seal {found.Number} was added: the chain begins with 1."
            : found.Number == expected + 1 ? $"Seal {expected} is missing."
            : $"Seals {expected} to {found.Number - 1} are missing.";
        faults.Add(
            new AuditFault(AuditFaultKind.Seal, text, _previous?.Time ?? found.Time, expected)
        );
    }

    private static AuditFault Mismatch(StoredSeal? seal, in SealedEntry entry, bool entryChanged)
    {
        if (entry.Row is not { } row)
        {
            return new AuditFault(
                AuditFaultKind.Removed,
                $"Row {entry.Id} was removed: place {entry.Position} of seal {entry.Seal}"
                    + (seal is null ? "." : $", sealed {Time(seal.Time)}."),
                seal?.Time,
                entry.Seal,
                entry.Id
            );
        }

        return new AuditFault(
            entryChanged ? AuditFaultKind.Seal : AuditFaultKind.Changed,
            entryChanged
                ? $"The sealed hash of {FaultList.Name(row)} in seal {entry.Seal} was changed; the row is as it was."
                : $"Changed: {FaultList.Name(row)} is not what seal {entry.Seal} sealed.",
            seal?.Time ?? row.Time,
            entry.Seal,
            row.Id,
            row.EntityType,
            row.EntityId
        );
    }

    private static AuditFault Fault(StoredSeal seal, string text) =>
        new(AuditFaultKind.Seal, text, seal.Time, seal.Number);

    private static string Time(DateTime utc) =>
        utc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
