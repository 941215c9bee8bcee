using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules.Packs;

/// <summary>Where a rule of a pack stands.</summary>
public enum PackRuleState
{
    /// <summary>It is not among the rules.</summary>
    Available,

    /// <summary>It is there, with the pack's text.</summary>
    Installed,

    /// <summary>It is there with the text of an earlier version.</summary>
    UpdateAvailable,

    /// <summary>It is there, and an officer changed it: the pack leaves it alone.</summary>
    ChangedByYou,

    /// <summary>An officer deleted it while the rest of the pack stayed: an update leaves it so.</summary>
    RemovedByYou,

    /// <summary>A rule of ours has its name, with another text.</summary>
    NameTaken,
}

/// <summary>A rule of a pack beside the rule that stands for it.</summary>
/// <param name="Shipped">As it ships; null when the pack does not hold it any more.</param>
/// <param name="Stored">The rule; null when there is none.</param>
/// <param name="Setting">Its settings.</param>
/// <param name="State">Where it stands.</param>
internal sealed record PackedRule(
    PackRule? Shipped,
    ComplianceRule? Stored,
    RuleSetting? Setting,
    PackRuleState State
)
{
    public RuleDraft Draft => RuleDrafts.ToDraft(Stored!, Setting);
}

/// <summary>Compares a pack with the rules there are.</summary>
internal static class PackPlan
{
    public static async Task<IReadOnlyList<PackedRule>> LoadAsync(
        DashboardDb db,
        RulePack pack,
        CancellationToken cancellationToken
    )
    {
        var names = pack.Rules.Select(r => r.Name).ToList();
        var rows = await (
            from rule in db.ComplianceRules.AsNoTracking()
            join setting in db.RuleSettings.AsNoTracking()
                on rule.Id equals setting.RuleId
                into settings
            from setting in settings.DefaultIfEmpty()
            where setting.PackId == pack.Id || names.Contains(rule.Name)
            select new { rule, setting }
        ).ToListAsync(cancellationToken);
        var own = rows.Where(r => r.setting?.PackId == pack.Id).ToList();
        var installed = own.Max(r => (int?)(r.setting!.PackVersion ?? 0));
        var found = new List<PackedRule>();
        foreach (var shipped in pack.Rules)
        {
            var row =
                own.Find(r => r.setting!.PackRule == shipped.Id)
                ?? rows.Find(r => r.rule.Name == shipped.Name);
            found.Add(
                new PackedRule(
                    shipped,
                    row?.rule,
                    row?.setting,
                    StateOf(pack, shipped, row?.rule, row?.setting, installed)
                )
            );
        }

        found.AddRange(
            own.Where(r => pack.Rules.All(s => s.Id != r.setting!.PackRule))
                .Select(r => new PackedRule(
                    null,
                    r.rule,
                    r.setting,
                    r.setting!.PackVersion is null
                        ? PackRuleState.ChangedByYou
                        : PackRuleState.UpdateAvailable
                ))
        );
        return found;
    }

    private static PackRuleState StateOf(
        RulePack pack,
        PackRule shipped,
        ComplianceRule? rule,
        RuleSetting? setting,
        int? installed
    )
    {
        if (rule is null)
        {
            return installed is { } version && shipped.Since <= Math.Max(version, 1)
                ? PackRuleState.RemovedByYou
                : PackRuleState.Available;
        }

        var same = shipped.IsTextOf(RuleDrafts.ToDraft(rule, setting));
        if (setting?.PackId != pack.Id)
        {
            // The rules that came before packs had these names: the same rule without its legal source becomes the pack's.
            return setting?.PackId is null && shipped.SaysTheSameAs(rule)
                ? PackRuleState.UpdateAvailable
                : PackRuleState.NameTaken;
        }

        return setting.PackVersion switch
        {
            null => PackRuleState.ChangedByYou,
            { } v when v == pack.Version => same
                ? PackRuleState.Installed
                : PackRuleState.ChangedByYou,
            _ => PackRuleState.UpdateAvailable,
        };
    }

    private static bool SaysTheSameAs(this PackRule shipped, ComplianceRule rule) =>
        shipped.Action == rule.Action
        && System.Text.Json.JsonElement.DeepEquals(shipped.Condition, rule.Condition);
}
