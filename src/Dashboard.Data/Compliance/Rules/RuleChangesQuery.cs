using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>The changes of rules that wait, and those that did.</summary>
public sealed class RuleChangesQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Open ones first, then the newest; at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<RuleChangeRow>> ListAsync(
        bool onlyOpen,
        int most = 100,
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changes = await db
            .RuleChanges.AsNoTracking()
            .Where(c =>
                !onlyOpen
                || c.Status == RuleChangeStatus.Pending
                || c.Status == RuleChangeStatus.Approved
            )
            .OrderBy(c =>
                c.Status == RuleChangeStatus.Pending ? 0
                : c.Status == RuleChangeStatus.Approved ? 1
                : 2
            )
            .ThenByDescending(c => c.RequestedAt)
            .Take(most)
            .ToListAsync(cancellationToken);
        return await RowsAsync(db, changes, cancellationToken);
    }

    /// <summary>One change, or null.</summary>
    public async Task<RuleChangeRow?> FindAsync(
        Guid changeId,
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changes = await db
            .RuleChanges.AsNoTracking()
            .Where(c => c.Id == changeId)
            .ToListAsync(cancellationToken);
        return (await RowsAsync(db, changes, cancellationToken)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<RuleChangeRow>> RowsAsync(
        DashboardDb db,
        List<RuleChange> changes,
        CancellationToken cancellationToken
    )
    {
        var edits = changes.ToDictionary(c => c.Id, c => RuleDesk.Read(c.Drafts));
        var ids = edits
            .Values.SelectMany(e => e)
            .Select(e => e.RuleId)
            .OfType<Guid>()
            .Distinct()
            .ToList();
        var versions = await db
            .RuleVersions.AsNoTracking()
            .Where(v => ids.Contains(v.RuleId))
            .OrderBy(v => v.Number)
            .ToListAsync(cancellationToken);
        var history = versions.ToLookup(v => v.RuleId);
        var settings = await db
            .RuleSettings.AsNoTracking()
            .Where(s => ids.Contains(s.RuleId))
            .ToDictionaryAsync(s => s.RuleId, cancellationToken);
        var names = await OperatorNames.LoadAsync(
            db,
            changes.SelectMany(c => new[] { c.RequestedBy, c.DecidedBy }),
            cancellationToken
        );
        return
        [
            .. changes.Select(c =>
                Row(c, names) with
                {
                    Edits =
                    [
                        .. edits[c.Id]
                            .Select(e =>
                                EditRow(
                                    e,
                                    [.. history[e.RuleId ?? Guid.Empty]],
                                    settings.GetValueOrDefault(e.RuleId ?? Guid.Empty)
                                )
                            ),
                    ],
                }
            ),
        ];
    }

    private static RuleChangeRow Row(RuleChange change, Dictionary<string, string> names) =>
        new()
        {
            Id = change.Id,
            Title = change.Title,
            Status = change.Status,
            Revision = change.Revision,
            Note = change.Note,
            ActivatesAt = change.ActivatesAt,
            RequestedBy = change.RequestedBy,
            RequestedByName = names.GetValueOrDefault(change.RequestedBy, change.RequestedBy),
            RequestedAt = change.RequestedAt,
            DecidedByName = change.DecidedBy is { } by ? names.GetValueOrDefault(by, by) : null,
            DecidedAt = change.DecidedAt,
            Reason = change.Reason,
            AppliedAt = change.AppliedAt,
            Edits = [],
        };

    private static RuleEditRow EditRow(
        RuleEdit edit,
        List<RuleVersion> history,
        RuleSetting? setting
    )
    {
        var version = history.FindLast(v => v.UpdatedAt == edit.BasedOn);
        // Shadow and legal source are kept with the rule only: they are known of the version it has now.
        var isNow = version is { ValidTo: null };
        var before = version is null
            ? null
            : version.ToDraft() with
            {
                IsShadow = isNow && setting?.IsShadow == true,
                Citation = isNow ? setting?.Citation : edit.Draft?.Citation,
            };
        var after = edit.Kind switch
        {
            RuleEditKind.Save => edit.Draft,
            RuleEditKind.SetState => before is null
                ? null
                : before with
                {
                    State = edit.State!.Value,
                },
            _ => null,
        };
        var name = edit.Draft?.Name ?? before?.Name ?? "A rule that is gone";
        return new RuleEditRow(
            edit,
            name,
            RuleDiff.Between(before, after),
            edit.BasedOn is not null && !isNow
        );
    }
}
