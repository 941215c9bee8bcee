using Dashboard.Data.Compliance.Rules.Packs;
using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>The rules with what they say, did and wait for.</summary>
public sealed class RuleListQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>All rules by name.</summary>
    public Task<IReadOnlyList<RuleRow>> ListAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(null, cancellationToken);

    /// <summary>One rule, or null.</summary>
    public async Task<RuleRow?> FindAsync(
        Guid ruleId,
        CancellationToken cancellationToken = default
    ) => (await ReadAsync(ruleId, cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<RuleRow>> ReadAsync(
        Guid? only,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await db
            .ComplianceRules.AsNoTracking()
            .Where(r => only == null || r.Id == only)
            .OrderBy(r => r.Name)
            .ToListAsync(cancellationToken);
        var settings = await db
            .RuleSettings.AsNoTracking()
            .Where(s => only == null || s.RuleId == only)
            .ToDictionaryAsync(s => s.RuleId, cancellationToken);
        var days = await DaysAsync(db, only, now, cancellationToken);
        var since = await OnSinceAsync(db, only, cancellationToken);
        var waiting = await WaitingAsync(db, cancellationToken);
        return
        [
            .. rules
                .Select(r =>
                    Row(
                        RuleDrafts.ToDraft(r, settings.GetValueOrDefault(r.Id)),
                        settings.GetValueOrDefault(r.Id)
                    ) with
                    {
                        Faults = RuleSet.Check(r),
                        Waiting = [.. waiting[r.Id]],
                        Activity = Activity(days[r.Id], now),
                    }
                )
                .Select(row =>
                    row with
                    {
                        Use = RuleUses.Of(
                            row.Rule,
                            since.TryGetValue(row.Id, out var on) ? on : null,
                            row.Activity,
                            now
                        ),
                    }
                ),
        ];
    }

    private static RuleRow Row(RuleDraft rule, RuleSetting? setting) =>
        new()
        {
            Rule = rule,
            Kind = RuleKinds.Find(rule.Kind),
            Sentence = RuleSentence.Of(rule),
            Faults = [],
            Waiting = [],
            Activity = new RuleActivity([]),
            Pack = setting is { PackId: { } id, PackRule: { } name }
                ? new PackOrigin(id, name, setting.PackVersion)
                : null,
            PackName = setting?.PackId is { } pack ? RulePacks.Find(pack)?.Name ?? pack : null,
        };

    private static async Task<
        ILookup<Guid, (DateTime Day, bool Shadow, RuleFigures Figures)>
    > DaysAsync(DashboardDb db, Guid? only, DateTime now, CancellationToken cancellationToken)
    {
        var first = now.Date.AddDays(1 - RuleActivity.Length);
        var sums = await db
            .RuleTallies.Where(t => t.At >= first && (only == null || t.RuleId == only))
            .GroupBy(t => new
            {
                t.RuleId,
                t.At.Date,
                t.IsShadow,
            })
            .Select(g => new
            {
                g.Key,
                Figures = new RuleFigures(
                    g.Sum(t => (long)t.Allowed),
                    g.Sum(t => (long)t.Warned),
                    g.Sum(t => (long)t.Deferred),
                    g.Sum(t => (long)t.Blocked),
                    g.Sum(t => (long)t.SentToApproval),
                    g.Sum(t => (long)t.Escalated)
                ),
            })
            .ToListAsync(cancellationToken);
        return sums.ToLookup(s => s.Key.RuleId, s => (s.Key.Date, s.Key.IsShadow, s.Figures));
    }

    private static RuleActivity Activity(
        IEnumerable<(DateTime Day, bool Shadow, RuleFigures Figures)> sums,
        DateTime now
    )
    {
        var known = sums.ToDictionary(
            s => (DateOnly.FromDateTime(s.Day), s.Shadow),
            s => s.Figures
        );
        var today = DateOnly.FromDateTime(now);
        return new RuleActivity([
            .. Enumerable
                .Range(1 - RuleActivity.Length, RuleActivity.Length)
                .Select(today.AddDays)
                .Select(d => new RuleDay(
                    d,
                    known.GetValueOrDefault((d, false), RuleFigures.None),
                    known.GetValueOrDefault((d, true), RuleFigures.None)
                )),
        ]);
    }

    // The end of the last version that was off, or the beginning of the first.
    private static async Task<Dictionary<Guid, DateTime?>> OnSinceAsync(
        DashboardDb db,
        Guid? only,
        CancellationToken cancellationToken
    )
    {
        var spans = await db
            .RuleVersions.Where(v => only == null || v.RuleId == only)
            .GroupBy(v => v.RuleId)
            .Select(g => new
            {
                g.Key,
                Began = g.Min(v => v.ValidFrom),
                LastOff = g.Max(v => v.IsEnabled ? null : v.ValidTo),
            })
            .ToListAsync(cancellationToken);
        return spans.ToDictionary(s => s.Key, s => (DateTime?)(s.LastOff ?? s.Began));
    }

    private static async Task<ILookup<Guid, WaitingChange>> WaitingAsync(
        DashboardDb db,
        CancellationToken cancellationToken
    )
    {
        var open = await db
            .RuleChanges.AsNoTracking()
            .Where(c =>
                c.Status == RuleChangeStatus.Pending || c.Status == RuleChangeStatus.Approved
            )
            .OrderBy(c => c.RequestedAt)
            .ToListAsync(cancellationToken);
        return open.SelectMany(c => RuleDesk.Read(c.Drafts).Select(e => (Change: c, e.RuleId)))
            .Where(x => x.RuleId is not null)
            .ToLookup(
                x => x.RuleId!.Value,
                x => new WaitingChange(
                    x.Change.Id,
                    x.Change.Title,
                    x.Change.Status == RuleChangeStatus.Pending,
                    x.Change.ActivatesAt,
                    x.Change.RequestedBy
                )
            );
    }
}
