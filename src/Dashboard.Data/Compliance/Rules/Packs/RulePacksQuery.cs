using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules.Packs;

/// <summary>Where a pack as a whole stands.</summary>
public enum PackState
{
    /// <summary>None of its rules is there.</summary>
    Available,

    /// <summary>It is there, as it ships or as an officer changed it.</summary>
    Installed,

    /// <summary>It is there, and an update would change something.</summary>
    UpdateAvailable,
}

/// <summary>A rule of a pack, for the list of packs.</summary>
/// <param name="Name">For people.</param>
/// <param name="Sentence">What it says.</param>
/// <param name="Citation">Its legal source.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RuleId">The rule that stands for it; null when there is none.</param>
public sealed record RulePackRuleRow(
    string Name,
    string Sentence,
    string? Citation,
    PackRuleState State,
    Guid? RuleId
);

/// <summary>A pack, for the list of packs.</summary>
/// <param name="Pack">As it ships.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Rules">Its rules, and those that left it but are still there.</param>
public sealed record RulePackRow(
    RulePack Pack,
    PackState State,
    IReadOnlyList<RulePackRuleRow> Rules
);

/// <summary>The packs with what became of them here.</summary>
public sealed class RulePacksQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>All packs, installed ones first.</summary>
    public async Task<IReadOnlyList<RulePackRow>> ListAsync(
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = new List<RulePackRow>();
        foreach (var pack in RulePacks.All)
        {
            rows.Add(Row(pack, await PackPlan.LoadAsync(db, pack, cancellationToken)));
        }

        return [.. rows.OrderBy(r => r.State == PackState.Available)];
    }

    private static RulePackRow Row(RulePack pack, IReadOnlyList<PackedRule> rules)
    {
        var isThere = rules.Any(r => r.Setting?.PackId == pack.Id);
        var isStale = rules.Any(r =>
            r.State is PackRuleState.UpdateAvailable or PackRuleState.Available
        );
        return new RulePackRow(
            pack,
            !isThere ? PackState.Available
                : isStale ? PackState.UpdateAvailable
                : PackState.Installed,
            [.. rules.Select(Row)]
        );
    }

    private static RulePackRuleRow Row(PackedRule rule) =>
        new(
            rule.Shipped?.Name ?? rule.Stored!.Name,
            RuleSentence.Of(rule.Shipped?.ToDraft() ?? rule.Draft).Text,
            rule.Shipped?.Citation ?? rule.Setting?.Citation,
            rule.State,
            rule.Stored?.Id
        );
}
