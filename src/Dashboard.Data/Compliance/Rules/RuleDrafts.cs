using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>Stored rules as drafts.</summary>
public static class RuleDrafts
{
    /// <summary>
    /// A version as a draft made from it. Shadow and legal source are no part of a version: a rule in shadow is off in it.
    /// </summary>
    public static RuleDraft ToDraft(this RuleVersion version) =>
        new()
        {
            RuleId = version.RuleId,
            BasedOn = version.UpdatedAt,
            Name = version.Name,
            Description = version.Description,
            RuleType = version.RuleType,
            Condition = version.Condition,
            Action = version.Action,
            Severity = version.Severity,
            IsEnabled = version.IsEnabled,
        };

    /// <summary>A rule with its settings.</summary>
    internal static RuleDraft ToDraft(ComplianceRule rule, RuleSetting? setting) =>
        RuleDraft.From(rule, setting?.IsShadow == true, setting?.Citation);
}
