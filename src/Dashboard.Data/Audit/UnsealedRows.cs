using System.Globalization;
using Npgsql;

namespace Dashboard.Data.Audit;

/// <summary>Rows without an entry: too young, or inserted past the product.</summary>
internal static class UnsealedRows
{
    /// <summary>Reports what was inserted; the number of rows that merely wait.</summary>
    public static async Task<long> CheckAsync(
        NpgsqlConnection connection,
        StoredSeal? last,
        DateTime now,
        FaultList faults,
        CancellationToken cancellationToken
    )
    {
        if (last is null)
        {
            return await CountAsync(connection, cancellationToken);
        }

        var ended = await SnapshotEndAsync(connection, cancellationToken);
        var snapshot = SealSnapshot.Parse(last.Head.Snapshot);
        var marks = await AuditChain.MarksAsync(connection, snapshot.Oldest, cancellationToken);
        var restored = ended <= snapshot.Own;
        var low = last.Head.SealedAt - (long)SealMarks.Allowance.TotalMicroseconds;
        var clock = AuditRowImage.ToMicroseconds(now);
        long waiting = 0;
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT a.xmin::text::bigint, {AuditRowImage.Columns} FROM public.audit_logs a
            WHERE NOT EXISTS (SELECT FROM ops.sealed_audit_rows s WHERE s.audit_log_id = a.id)
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = AuditRowImage.Read(reader, 1)!.Value;
            var transaction = Full(reader.GetInt64(0), ended);
            var waits = restored
                ? row.Microseconds >= low
                : transaction >= snapshot.Oldest
                    && marks.MayBe(transaction, row.Microseconds, clock);
            if (waits)
            {
                waiting++;
            }
            else
            {
                faults.Add(Inserted(row, last));
            }
        }

        return waiting;
    }

    /// <summary>A row's 32-bit transaction number in full; it lies before <paramref name="ended"/>.</summary>
    private static long Full(long xmin, long ended)
    {
        var full = ended - (ended & uint.MaxValue) + xmin;
        return full >= ended ? full - (1L << 32) : full;
    }

    private static AuditFault Inserted(in AuditRowImage row, StoredSeal last) =>
        new(
            AuditFaultKind.Inserted,
            $"Inserted: {FaultList.Name(row)} is in no seal, although everything that the product wrote by then is sealed "
                + string.Create(CultureInfo.InvariantCulture, $"(newest seal {last.Number})."),
            row.Time,
            null,
            row.Id,
            row.EntityType,
            row.EntityId
        );

    private static async Task<long> CountAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM public.audit_logs";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> SnapshotEndAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
