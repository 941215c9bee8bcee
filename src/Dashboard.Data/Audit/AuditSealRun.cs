using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Audit;

/// <summary>One run of the sealer, inside its transaction.</summary>
internal sealed class AuditSealRun
{
    // "audit" in ASCII.
    private const long LockKey = 0x6175646974;
    private const string Cursor = "audit_rows_to_seal";

    private readonly NpgsqlConnection _connection;
    private readonly AuditHashes _hashes;
    private readonly long _now;
    private readonly string _snapshot;
    private readonly long _own;
    private StoredSeal? _last;
    private StoredSeal? _beforeLast;
    private bool _isFirst;

    private AuditSealRun(
        NpgsqlConnection connection,
        AuditHashes hashes,
        long now,
        long own,
        string snapshot
    ) =>
        (_connection, _hashes, _now, _own, _snapshot) = (
            connection,
            hashes,
            now,
            own,
            $"{own.ToString(CultureInfo.InvariantCulture)}/{snapshot}"
        );

    /// <summary>The newest seal; null before the first.</summary>
    public AuditHead? Head => _last is null ? null : AuditHead.Of(_last.Number, _last.Hash);

    /// <summary>Takes the lock that lets one process seal at a time; false when another has it.</summary>
    public static async Task<bool> TakeTurnAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_try_advisory_xact_lock($1)";
        command.Parameters.Add(new NpgsqlParameter { Value = LockKey });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Notes the snapshot and takes a transaction number after it: a transaction with a higher number began to write after
    /// <paramref name="now"/>.
    /// </summary>
    public static async Task<AuditSealRun> BeginAsync(
        NpgsqlConnection connection,
        AuditHashes hashes,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT pg_current_snapshot()::text, pg_current_xact_id()::text::bigint";
        AuditSealRun run;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            run = new AuditSealRun(
                connection,
                hashes,
                AuditRowImage.ToMicroseconds(now),
                reader.GetInt64(1),
                reader.GetString(0)
            );
        }

        var newest = await AuditChain.NewestAsync(connection, 2, cancellationToken);
        (run._last, run._beforeLast) = (newest.ElementAtOrDefault(0), newest.ElementAtOrDefault(1));
        run._isFirst = newest.Count == 0;
        return run;
    }

    /// <summary>True when the chain still has this seal.</summary>
    public async Task<bool> HoldsAsync(AuditHead head, CancellationToken cancellationToken) =>
        Head == head
        || await AuditChain.FindAsync(_connection, head.Number, cancellationToken) is { } seal
            && AuditHead.Of(seal.Number, seal.Hash) == head;

    /// <summary>True when the newest seal was made with this key and nobody touched it; also before the first.</summary>
    public async Task<bool> IsGenuineAsync(CancellationToken cancellationToken)
    {
        if (_last is null)
        {
            return true;
        }

        var rows = new List<(Guid, byte[])>();
        await foreach (
            var entry in AuditChain.EntriesAsync(
                _connection,
                _last.Number,
                _last.Number,
                cancellationToken
            )
        )
        {
            rows.Add((entry.Id, entry.Hash));
        }

        return _hashes.Seal(_beforeLast?.Hash, _last.Head, rows).AsSpan().SequenceEqual(_last.Hash);
    }

    /// <summary>Seals everything that is new; the number of rows.</summary>
    public async Task<long> SealAsync(
        IReadOnlyCollection<Guid>? adopt,
        TimeSpan silence,
        CancellationToken cancellationToken
    )
    {
        var old = _last;
        var marks = old is null
            ? new SealMarks()
            : await AuditChain.MarksAsync(_connection, OldestOf(old), cancellationToken);
        await DeclareAsync(old, marks, adopt, cancellationToken);
        long total = 0;
        List<(Guid Id, byte[] Hash)>? rows;
        while ((rows = await NextAsync(marks, adopt, cancellationToken)) is not null)
        {
            if (rows.Count > 0)
            {
                await AddAsync(rows, cancellationToken);
                total += rows.Count;
            }
        }

        if (total == 0 && (old is null || _now - old.Head.SealedAt >= silence.TotalMicroseconds))
        {
            await AddAsync([], cancellationToken);
        }

        return total;
    }

    private static long OldestOf(StoredSeal seal) => SealSnapshot.Parse(seal.Head.Snapshot).Oldest;

    /// <summary>
    /// New are rows of transactions that had not ended at the last seal, by number (xmin; <c>age</c> counts back from our own)
    /// and, so that an index finds them, by time; and that have no entry yet. The look-up is a scalar subquery so that it
    /// stays one of the key for each new row, however the planner guesses.
    /// </summary>
    private async Task DeclareAsync(
        StoredSeal? last,
        SealMarks marks,
        IReadOnlyCollection<Guid>? adopt,
        CancellationToken cancellationToken
    )
    {
        var where = "true";
        if (last is not null)
        {
            // In a restored database numbers began anew and say nothing about the seals before.
            var restored = SealSnapshot.Parse(last.Head.Snapshot).Own >= _own;
            var oldest = OldestOf(last);
            var low = restored
                ? last.Head.SealedAt - (long)SealMarks.Allowance.TotalMicroseconds
                : marks.OldestTime(oldest);
            var age = restored ? int.MaxValue : Math.Min(_own - oldest, int.MaxValue - 1);
            where = string.Create(
                CultureInfo.InvariantCulture,
                $"a.timestamp >= '{Literal(low)}' AND age(a.xmin) <= {age}"
            );
            if (adopt is { Count: > 0 })
            {
                where = $"({where} OR a.id = ANY('{{{string.Join(',', adopt)}}}'::uuid[]))";
            }
        }

        await ExecuteAsync(
            $"""
            DECLARE {Cursor} NO SCROLL CURSOR FOR
            SELECT age(a.xmin), {AuditRowImage.Columns} FROM public.audit_logs a
            WHERE {where} AND (SELECT s.position FROM ops.sealed_audit_rows s WHERE s.audit_log_id = a.id) IS NULL
            ORDER BY a.timestamp
            """,
            cancellationToken
        );
    }

    /// <summary>Hashes the next rows; null at the end. Back-dated rows are left: they stay unsealed, which verifying reports.</summary>
    private async Task<List<(Guid Id, byte[] Hash)>?> NextAsync(
        SealMarks marks,
        IReadOnlyCollection<Guid>? adopt,
        CancellationToken cancellationToken
    )
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"FETCH FORWARD {AuditSealer.RowsPerSeal} FROM {Cursor}"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(Guid, byte[])>();
        var any = false;
        while (await reader.ReadAsync(cancellationToken))
        {
            any = true;
            var row = AuditRowImage.Read(reader, 1)!.Value;
            var transaction = _own - reader.GetInt32(0);
            if (
                _isFirst
                || marks.MayBe(transaction, row.Microseconds, _now)
                || adopt?.Contains(row.Id) == true
            )
            {
                rows.Add((row.Id, _hashes.Row(row)));
            }
        }

        return any ? rows : null;
    }

    private async Task AddAsync(
        List<(Guid Id, byte[] Hash)> rows,
        CancellationToken cancellationToken
    )
    {
        var head = new SealHead((_last?.Number ?? 0) + 1, _now, rows.Count, _snapshot);
        var hash = _hashes.Seal(_last?.Hash, head, rows);
        await using (var command = _connection.CreateCommand())
        {
            command.CommandText =
                "INSERT INTO ops.audit_seals (number, sealed_at, rows, snapshot, hash) VALUES ($1, $2::timestamp, $3, $4, $5)";
            command.Parameters.Add(new NpgsqlParameter { Value = head.Number });
            command.Parameters.Add(new NpgsqlParameter { Value = Literal(head.SealedAt) });
            command.Parameters.Add(new NpgsqlParameter { Value = head.Rows });
            command.Parameters.Add(new NpgsqlParameter { Value = head.Snapshot });
            command.Parameters.Add(new NpgsqlParameter { Value = hash });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await CopyAsync(head.Number, rows, cancellationToken);
        _last = new StoredSeal(head, hash);
    }

    private async Task CopyAsync(
        long number,
        List<(Guid Id, byte[] Hash)> rows,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await _connection.BeginBinaryImportAsync(
            "COPY ops.sealed_audit_rows (audit_log_id, seal_number, position, hash) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        for (var position = 0; position < rows.Count; position++)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(rows[position].Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(position, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(rows[position].Hash, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Literal(long microseconds) =>
        microseconds == long.MinValue
            ? "-infinity"
            : AuditRowImage
                .ToTime(microseconds)
                .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
