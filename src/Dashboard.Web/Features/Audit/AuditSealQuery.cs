using System.Text.Json;
using Dashboard.Data;
using Dashboard.Data.Audit;
using Dashboard.Web.Features.Audit.Commands;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Audit;

/// <summary>How far the log is sealed and when it was last verified.</summary>
/// <param name="Head">The newest seal; null before the first.</param>
/// <param name="SealedAt">UTC.</param>
/// <param name="CheckedAt">When the log was last verified, UTC; null = never.</param>
/// <param name="Unbroken">What came of that.</param>
public sealed record SealStanding(
    AuditHead? Head,
    DateTime? SealedAt,
    DateTime? CheckedAt,
    bool Unbroken
);

/// <summary>Reads <see cref="SealStanding"/>.</summary>
public sealed class AuditSealQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Reads it.</summary>
    public async Task<SealStanding> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seal = await db.Set<AuditSeal>()
            .AsNoTracking()
            .OrderByDescending(s => s.Number)
            .FirstOrDefaultAsync(cancellationToken);
        var check = await db
            .AuditLogs.AsNoTracking()
            .Where(a =>
                a.EntityType == NoteAuditCheck.EntityType
                && a.EntityId == Guid.Empty
                && a.Action == NoteAuditCheck.Verified
            )
            .OrderByDescending(a => a.Timestamp)
            .Select(a => new { a.Timestamp, a.Metadata })
            .FirstOrDefaultAsync(cancellationToken);
        return new SealStanding(
            seal is null ? null : AuditHead.Of(seal.Number, seal.Hash),
            seal?.SealedAt,
            check?.Timestamp,
            check?.Metadata is { ValueKind: JsonValueKind.Object } metadata
                && metadata.TryGetProperty("unbroken", out var unbroken)
                && unbroken.ValueKind == JsonValueKind.True
        );
    }
}
