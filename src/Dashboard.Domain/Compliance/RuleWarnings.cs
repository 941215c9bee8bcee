using System.Text.Json;
using Dashboard.Domain.Compliance.Wording;

namespace Dashboard.Domain.Compliance;

/// <summary>Something odd about a rule that does not keep it from being saved.</summary>
/// <param name="Code">Stable, e.g. <c>never_open</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Field">Where it shows, e.g. <c>condition.max</c>.</param>
public sealed record RuleWarning(string Code, string Message, string Field);

/// <summary>Looks at a rule beside the others.</summary>
public static class RuleWarnings
{
    /// <summary>What an officer should know before saving; empty for a rule that cannot be read.</summary>
    /// <param name="draft">The rule as it would be.</param>
    /// <param name="others">The rules there are; the draft's own and those that are off are left out.</param>
    /// <param name="today">UTC date, for closed dates that are over.</param>
    public static IReadOnlyList<RuleWarning> Of(
        RuleDraft draft,
        IEnumerable<ComplianceRule> others,
        DateOnly today
    )
    {
        if (RuleSet.Check(draft.ToRule()).Count > 0)
        {
            return [];
        }
        var rivals = others
            .Where(r => r.IsEnabled != false && r.Id != draft.RuleId && RuleSet.Check(r).Count == 0)
            .ToList();
        return
        [
            .. Twins(draft, rivals),
            .. Alone(draft, today),
            .. HoursAdvice.Of(draft, rivals),
            .. CountAdvice.Of(draft, rivals),
        ];
    }

    private static IEnumerable<RuleWarning> Twins(RuleDraft draft, List<ComplianceRule> rivals)
    {
        foreach (
            var twin in rivals.Where(r =>
                r.Action == draft.Action && JsonElement.DeepEquals(r.Condition, draft.Condition)
            )
        )
        {
            yield return new RuleWarning(
                "duplicate",
                $"\"{twin.Name}\" says exactly the same.",
                "condition"
            );
        }
    }

    private static IEnumerable<RuleWarning> Alone(RuleDraft draft, DateOnly today)
    {
        var text = new ConditionText(draft.Condition);
        if (draft.Kind == "frequency" && text.Number("max", "") is 0)
        {
            yield return new RuleWarning(
                "channel_closed",
                $"With a most of 0 every {Phrases.Singular(text.Channels("channels", ""))} {Phrases.Verb(draft.Action)}.",
                "condition.max"
            );
        }
        var dates = text.List("closed_dates");
        if (
            dates.Count > 0
            && dates.TrueForAll(d =>
                DateOnly.TryParse(d, System.Globalization.CultureInfo.InvariantCulture, out var day)
                && day < today
            )
        )
        {
            yield return new RuleWarning(
                "closed_dates_over",
                "All closed dates are over: add those to come.",
                "condition.closed_dates"
            );
        }
        if (
            RuleKinds.Find(draft.Kind) is { ActionCounts: false }
            && draft.Action != RuleAction.BlockContact
        )
        {
            yield return new RuleWarning(
                "action_unused",
                "This kind of rule only lets something through, so what it does otherwise has no effect.",
                "action"
            );
        }
    }
}
