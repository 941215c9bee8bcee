using Dashboard.Data;
using Dashboard.Data.Imports;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Imports;

/// <summary>Past imports and their rejected rows.</summary>
internal sealed class ImportRunQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Runs shown in the list.</summary>
    public const int ListLimit = 50;

    /// <summary>Rejected rows shown on the page; the CSV has all of them.</summary>
    public const int RejectionLimit = 200;

    /// <summary>The latest runs, newest first.</summary>
    public async Task<IReadOnlyList<ImportRun>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<ImportRun>()
            .AsNoTracking()
            .OrderByDescending(r => r.StartedAt)
            .Take(ListLimit)
            .ToListAsync(ct);
    }

    /// <summary>One run; null when there is none.</summary>
    public async Task<ImportRun?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<ImportRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    /// <summary>The first rejected rows, by line.</summary>
    public async Task<IReadOnlyList<RejectedRow>> RejectionsAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<ImportRejection>()
            .AsNoTracking()
            .Where(r => r.RunId == id)
            .OrderBy(r => r.Line)
            .Take(RejectionLimit)
            .Select(r => new RejectedRow(r.Line, r.ColumnName, r.Reason, r.Raw))
            .ToListAsync(ct);
    }
}
