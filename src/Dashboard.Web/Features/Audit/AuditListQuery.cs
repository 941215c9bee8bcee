using Dashboard.Data;
using Dashboard.Data.Audit;
using Dashboard.Data.Reads;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Audit;

/// <summary>Reads pages of the audit log, newest first; never counts it.</summary>
public sealed class AuditListQuery(
    IDbContextFactory<DashboardDb> contexts,
    AuditNamesQuery names,
    AuditRowSeals seals,
    TimeProvider time
)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 100;

    /// <summary>New events are counted no further than this.</summary>
    public const int NewLimit = 1_000;

    /// <summary>Reads the page after <paramref name="after"/> (the newest when null).</summary>
    public async Task<AuditPageOfLines> RunAsync(
        AuditFilter filter,
        AuditCursor? after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new AuditListSql(filter, time.GetUtcNow().UtcDateTime);
        var statement = sql.Page(after, PageSize);
        var rows = await db.ReadAsync(
            statement,
            sql.Parameters,
            AuditEvent.Read,
            cancellationToken
        );
        var more = rows.Count > PageSize;
        var shown = more ? rows[..PageSize] : rows;
        return new AuditPageOfLines(
            await LinesAsync(db, shown, cancellationToken),
            more ? new AuditCursor(shown[^1].At, shown[^1].Id) : null
        );
    }

    /// <summary>How many events came after <paramref name="newest"/>, and how the rows shown stand to the seals now.</summary>
    public async Task<(int New, IReadOnlyDictionary<Guid, RowSeal> Seals)> SinceAsync(
        AuditFilter filter,
        DateTime newest,
        IReadOnlyCollection<Guid> shown,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new AuditListSql(filter, time.GetUtcNow().UtcDateTime);
        var statement = sql.Newer(newest, NewLimit + 1);
        var count = await db.ReadAsync(
            statement,
            sql.Parameters,
            r => r.GetInt32(0),
            cancellationToken
        );
        return (count[0], await seals.ReadAsync(db, shown, cancellationToken));
    }

    /// <summary>Events with names and seals.</summary>
    internal async Task<IReadOnlyList<AuditLine>> LinesAsync(
        DashboardDb db,
        IReadOnlyList<AuditEvent> events,
        CancellationToken cancellationToken
    )
    {
        var known = await names.RunAsync(db, events, cancellationToken);
        var states = await seals.ReadAsync(db, [.. events.Select(e => e.Id)], cancellationToken);
        return
        [
            .. events.Select(e => new AuditLine(
                e,
                known.GetValueOrDefault(AuditNamesQuery.Actor(e))
                    ?? new AuditName(AuditEventWording.Actor(e), null),
                known.GetValueOrDefault((e.EntityType, e.EntityId)) ?? new AuditName("", null),
                states.GetValueOrDefault(e.Id) ?? new RowSeal(RowSealState.Unsealed, null)
            )),
        ];
    }
}

/// <summary>Reads one event for the side panel; null when there is none.</summary>
public sealed class AuditEventQuery(IDbContextFactory<DashboardDb> contexts, AuditListQuery list)
{
    /// <summary>Reads it.</summary>
    public async Task<AuditLine?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.ReadAsync(
            $"SELECT {AuditListSql.Columns} FROM audit_logs a WHERE a.id = @id",
            [new Npgsql.NpgsqlParameter("id", id)],
            AuditEvent.Read,
            cancellationToken
        );
        var lines = await list.LinesAsync(db, rows, cancellationToken);
        return lines.Count > 0 ? lines[0] : null;
    }
}
