using System.Buffers.Binary;
using System.Data;
using System.Globalization;
using Npgsql;

namespace Dashboard.Data.Audit;

/// <summary>A seal as it is stored.</summary>
internal sealed record StoredSeal(SealHead Head, byte[] Hash)
{
    /// <summary>Its number.</summary>
    public long Number => Head.Number;

    /// <summary>UTC.</summary>
    public DateTime Time => AuditRowImage.ToTime(Head.SealedAt);
}

/// <summary>An entry of a seal with the row it is about.</summary>
/// <param name="Row">Null when the row is gone.</param>
internal readonly record struct SealedEntry(
    long Seal,
    int Position,
    Guid Id,
    byte[] Hash,
    AuditRowImage? Row
);

/// <summary>Reads the chain, the same for sealing and for verifying.</summary>
internal static class AuditChain
{
    private const string SealColumns =
        "SELECT number, timestamp_send(sealed_at), rows, snapshot, hash FROM ops.audit_seals";

    /// <summary>
    /// Opens the one snapshot that everything is read from. Names mean PostgreSQL's own functions and operators, whatever
    /// search path the owner of the database has set.
    /// </summary>
    public static async Task<NpgsqlTransaction> BeginAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SET LOCAL search_path TO pg_catalog; SET LOCAL statement_timeout TO 0";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    /// <summary>Names this database among all: the server's identifier and the database's name.</summary>
    public static async Task<string> NameAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT (pg_control_system()).system_identifier::text || '-' || current_database()";
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The newest seals, newest first.</summary>
    public static Task<List<StoredSeal>> NewestAsync(
        NpgsqlConnection connection,
        int count,
        CancellationToken cancellationToken
    ) => SealsAsync(connection, $"ORDER BY number DESC LIMIT {count}", cancellationToken);

    /// <summary>Seals after <paramref name="number"/> in their order.</summary>
    public static Task<List<StoredSeal>> AfterAsync(
        NpgsqlConnection connection,
        long number,
        int count,
        CancellationToken cancellationToken
    ) =>
        SealsAsync(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"WHERE number > {number} ORDER BY number LIMIT {count}"
            ),
            cancellationToken
        );

    /// <summary>One seal; null when there is none of this number.</summary>
    public static async Task<StoredSeal?> FindAsync(
        NpgsqlConnection connection,
        long number,
        CancellationToken cancellationToken
    ) =>
        (
            await SealsAsync(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"WHERE number = {number} LIMIT 1"),
                cancellationToken
            )
        ).FirstOrDefault();

    /// <summary>What rows of transactions from <paramref name="oldest"/> on may say of their time.</summary>
    public static async Task<SealMarks> MarksAsync(
        NpgsqlConnection connection,
        long oldest,
        CancellationToken cancellationToken
    )
    {
        var marks = new SealMarks();
        var before = long.MaxValue;
        while (true)
        {
            var seals = await SealsAsync(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"WHERE number < {before} ORDER BY number DESC LIMIT 50"
                ),
                cancellationToken
            );
            foreach (var seal in seals)
            {
                if (!marks.Add(SealSnapshot.Parse(seal.Head.Snapshot), seal.Head.SealedAt, oldest))
                {
                    return marks;
                }

                before = seal.Number;
            }

            if (seals.Count == 0)
            {
                return marks;
            }
        }
    }

    /// <summary>The entries of seals numbered from <paramref name="low"/> to <paramref name="high"/> with their rows, in order.</summary>
    public static async IAsyncEnumerable<SealedEntry> EntriesAsync(
        NpgsqlConnection connection,
        long low,
        long high,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT s.seal_number, s.position, s.audit_log_id, s.hash, {AuditRowImage.Columns}
            FROM ops.sealed_audit_rows s LEFT JOIN public.audit_logs a ON a.id = s.audit_log_id
            WHERE s.seal_number BETWEEN {low} AND {high} ORDER BY s.seal_number, s.position
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new SealedEntry(
                reader.GetInt64(0),
                reader.GetInt32(1),
                reader.GetGuid(2),
                reader.GetFieldValue<byte[]>(3),
                AuditRowImage.Read(reader, 4)
            );
        }
    }

    private static async Task<List<StoredSeal>> SealsAsync(
        NpgsqlConnection connection,
        string rest,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{SealColumns} {rest}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var seals = new List<StoredSeal>();
        while (await reader.ReadAsync(cancellationToken))
        {
            seals.Add(
                new StoredSeal(
                    new SealHead(
                        reader.GetInt64(0),
                        BinaryPrimitives.ReadInt64BigEndian(reader.GetFieldValue<byte[]>(1)),
                        reader.GetInt32(2),
                        reader.GetString(3)
                    ),
                    reader.GetFieldValue<byte[]>(4)
                )
            );
        }

        return seals;
    }
}
