using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>A version of a rule, for its history.</summary>
/// <param name="Number">1, 2, 3, …</param>
/// <param name="Rule">As it was; a rule in shadow shows as off.</param>
/// <param name="ValidFrom">UTC, inclusive.</param>
/// <param name="ValidTo">UTC, exclusive; null = in force.</param>
/// <param name="SavedBy">Name of who saved it; null when it was not saved through the product.</param>
/// <param name="Note">Why.</param>
/// <param name="Diff">Against the version before; of the first one, against nothing.</param>
public sealed record RuleVersionRow(
    int Number,
    RuleDraft Rule,
    DateTime ValidFrom,
    DateTime? ValidTo,
    string? SavedBy,
    string? Note,
    RuleDiff Diff
)
{
    /// <summary>The version in words.</summary>
    public RuleSentence Sentence => RuleSentence.Of(Rule);
}

/// <summary>The versions of a rule, also of one that was deleted.</summary>
public sealed class RuleVersionsQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Newest first; empty when there never was such a rule. When the newest has an end, the rule is deleted.</summary>
    public async Task<IReadOnlyList<RuleVersionRow>> ListAsync(
        Guid ruleId,
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await db
            .RuleVersions.AsNoTracking()
            .Where(v => v.RuleId == ruleId)
            .OrderBy(v => v.Number)
            .ToListAsync(cancellationToken);
        var names = await OperatorNames.LoadAsync(
            db,
            versions.Select(v => v.SavedBy),
            cancellationToken
        );
        var rows = new List<RuleVersionRow>();
        RuleDraft? before = null;
        foreach (var version in versions)
        {
            var draft = version.ToDraft();
            rows.Add(
                new RuleVersionRow(
                    version.Number,
                    draft,
                    version.ValidFrom,
                    version.ValidTo,
                    version.SavedBy is { } by ? names.GetValueOrDefault(by, by) : null,
                    version.Note,
                    RuleDiff.Between(before, draft)
                )
            );
            before = draft;
        }

        rows.Reverse();
        return rows;
    }

    /// <summary>What differs between two versions; null when one of them does not exist.</summary>
    public async Task<RuleDiff?> CompareAsync(
        Guid ruleId,
        int before,
        int after,
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await db
            .RuleVersions.AsNoTracking()
            .Where(v => v.RuleId == ruleId && (v.Number == before || v.Number == after))
            .ToDictionaryAsync(v => v.Number, cancellationToken);
        return
            versions.TryGetValue(before, out var old) && versions.TryGetValue(after, out var young)
            ? RuleDiff.Between(old.ToDraft(), young.ToDraft())
            : null;
    }
}
