using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>All that can be said of a draft while it is edited.</summary>
/// <param name="Sentence">The rule in words.</param>
/// <param name="Faults">What keeps it from being saved, each with its field.</param>
/// <param name="Warnings">What is odd about it.</param>
public sealed record RuleCheck(
    RuleSentence Sentence,
    IReadOnlyList<Error> Faults,
    IReadOnlyList<RuleWarning> Warnings
);

/// <summary>The rules a draft is checked against: read once when an editor opens, then every keystroke is checked in memory.</summary>
/// <param name="Rules">All rules.</param>
/// <param name="Today">UTC date.</param>
public sealed record RuleSurroundings(IReadOnlyList<ComplianceRule> Rules, DateOnly Today)
{
    /// <summary>Checks a draft.</summary>
    public RuleCheck Check(RuleDraft draft) =>
        new(
            RuleSentence.Of(draft),
            draft.Faults(Rules.Where(r => r.Id != draft.RuleId).Select(r => r.Name)),
            RuleWarnings.Of(draft.Tidy(), Rules, Today)
        );
}

/// <summary>Checks drafts against the rules there are.</summary>
public sealed class RuleCheckQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>For an editor.</summary>
    public async Task<RuleSurroundings> SurroundingsAsync(
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await db
            .ComplianceRules.AsNoTracking()
            .OrderBy(r => r.Name)
            .ToListAsync(cancellationToken);
        return new RuleSurroundings(rules, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
    }

    /// <summary>One draft.</summary>
    public async Task<RuleCheck> CheckAsync(
        RuleDraft draft,
        CancellationToken cancellationToken = default
    ) => (await SurroundingsAsync(cancellationToken)).Check(draft);
}
