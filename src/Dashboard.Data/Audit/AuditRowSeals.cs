using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Data.Audit;

/// <summary>How one row stands to the seals.</summary>
public enum RowSealState
{
    /// <summary>It is what its seal sealed.</summary>
    Sealed,

    /// <summary>It is young; the next seal takes it.</summary>
    Waiting,

    /// <summary>It is not what its seal sealed.</summary>
    Mismatch,

    /// <summary>It is older than the newest seal and in none.</summary>
    Unsealed,
}

/// <summary>How one row stands to the seals.</summary>
/// <param name="Seal">Its seal; null without one.</param>
public sealed record RowSeal(RowSealState State, long? Seal);

/// <summary>Checks single rows against their seals, for lists: the row's own hash, not the chain.</summary>
public sealed class AuditRowSeals(AuditKey key)
{
    /// <summary>Row → how it stands; rows that are not there are missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, RowSeal>> ReadAsync(
        DashboardDb db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"""
            SELECT s.seal_number, s.hash,
                   a.timestamp >= coalesce((SELECT n.sealed_at FROM ops.audit_seals n ORDER BY n.number DESC LIMIT 1), '-infinity') - interval '2 minutes',
                   {AuditRowImage.Columns}
            FROM public.audit_logs a LEFT JOIN ops.sealed_audit_rows s ON s.audit_log_id = a.id
            WHERE a.id = ANY(@ids)
            """;
        command.Parameters.AddWithValue("ids", ids.ToArray());
        using var hashes = new AuditHashes(key);
        var seals = new Dictionary<Guid, RowSeal>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = AuditRowImage.Read(reader, 3)!.Value;
            seals[row.Id] = reader.IsDBNull(0)
                ? new RowSeal(
                    reader.GetBoolean(2) ? RowSealState.Waiting : RowSealState.Unsealed,
                    null
                )
                : new RowSeal(
                    hashes.Row(row).AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(1))
                        ? RowSealState.Sealed
                        : RowSealState.Mismatch,
                    reader.GetInt64(0)
                );
        }

        return seals;
    }
}
