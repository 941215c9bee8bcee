using System.Text.Json.Serialization;

namespace Dashboard.Domain.Compliance;

/// <summary>The gate's answer.</summary>
/// <param name="Verdict">The hardest of all findings.</param>
/// <param name="NextAllowedAt">
/// Only when blocked: the earliest later instant (UTC) at which the same request is no longer blocked if nothing else
/// happens; null = there is none.
/// </param>
/// <param name="Findings">One for each thing built in that says something and one for each enabled rule, in that order.</param>
public sealed record GateDecision(
    GateVerdict Verdict,
    DateTime? NextAllowedAt,
    IReadOnlyList<Finding> Findings
)
{
    /// <summary>
    /// The finding that decides: of the hardest verdict, the one that holds longest (never-ending first, then what is built in, then by name).
    /// Null when the contact is allowed.
    /// </summary>
    [JsonIgnore]
    public Finding? Binding
    {
        get
        {
            Finding? binding = null;
            foreach (var finding in Findings)
            {
                if (finding.Verdict == Verdict && Verdict != GateVerdict.Allowed)
                {
                    binding = binding is null || Outlasts(finding, binding) ? finding : binding;
                }
            }
            return binding;
        }
    }

    private static bool Outlasts(Finding a, Finding b)
    {
        var order = (a.NextAllowedAt ?? DateTime.MaxValue).CompareTo(
            b.NextAllowedAt ?? DateTime.MaxValue
        );
        var (builtIn, otherBuiltIn) = (a.RuleId is null, b.RuleId is null);
        return order > 0
            || (order == 0 && builtIn && !otherBuiltIn)
            || (order == 0 && builtIn == otherBuiltIn && string.CompareOrdinal(a.Rule, b.Rule) < 0);
    }
}
