using System.Text.Json;
using Dashboard.Data;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Data.Reads;
using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Compliance.Proof;

/// <summary>Proofs, newest first, and what each found.</summary>
internal sealed class ProofQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Runs shown in the list.</summary>
    public const int ListLimit = 60;

    private const string Columns = """
        SELECT id, period_from, period_to, status, requested_by, started_at, finished_at, contacts_checked, violations, planted,
               planted_found, failure, report ->> 'worker' IS NOT NULL AS taken,
               coalesce((report ->> 'total')::int, 0) AS total, coalesce((report ->> 'defects')::int, 0) AS defects,
               coalesce((report ->> 'history')::int, 0) AS history, coalesce((report ->> 'known_later')::int, 0) AS known_later
        FROM ops.proof_runs
        """;

    /// <summary>The latest runs.</summary>
    public async Task<IReadOnlyList<ProofRow>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ReadAsync(
            $"{Columns} ORDER BY started_at DESC LIMIT {ListLimit}",
            [],
            Map,
            ct
        );
    }

    /// <summary>One run; null when there is none.</summary>
    public async Task<ProofRow?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.ReadAsync(
            $"{Columns} WHERE id = @id",
            [new NpgsqlParameter("id", id)],
            Map,
            ct
        );
        return rows.Count == 1 ? rows[0] : null;
    }

    /// <summary>What a run found; null while it runs or when it was never taken up.</summary>
    public async Task<ProofReport?> ReportAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var report = await db.Set<ProofRun>()
            .AsNoTracking()
            .Where(r => r.Id == id && r.Status != ProofStatus.Running)
            .Select(r => r.Report)
            .SingleOrDefaultAsync(ct);
        return report?.Deserialize<ProofReport>(JsonShape.Options);
    }

    private static ProofRow Map(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            From = row.Utc("period_from")!.Value,
            To = row.Utc("period_to")!.Value,
            Status = row.Word<ProofStatus>("status") ?? ProofStatus.Failed,
            By = row.GetString(4),
            StartedAt = row.Utc("started_at")!.Value,
            FinishedAt = row.Utc("finished_at"),
            Checked = row.GetInt32(7),
            Violations = row.GetInt32(8),
            Planted = row.GetInt32(9),
            Found = row.GetInt32(10),
            Failure = row.Text("failure"),
            IsTaken = row.GetBoolean(12),
            Total = row.GetInt32(13),
            Defects = row.GetInt32(14),
            History = row.GetInt32(15),
            KnownLater = row.GetInt32(16),
        };
}
