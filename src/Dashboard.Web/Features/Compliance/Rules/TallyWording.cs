using Dashboard.Data.Compliance.Rules;

namespace Dashboard.Web.Features.Compliance.Rules;

/// <summary>What a rule did, in words.</summary>
public static class TallyWording
{
    /// <summary>The figures that are not zero, what stops first: CSS class, number, word.</summary>
    public static IReadOnlyList<(string Class, long Count, string Word)> Parts(
        RuleFigures figures
    ) =>
        [
            .. new (string Class, long Count, string Word)[]
            {
                ("blocked tone-blocked", figures.Blocked, "blocked"),
                ("deferred tone-deferred", figures.Deferred, "deferred"),
                ("approval tone-approval", figures.SentToApproval, "to approval"),
                ("escalated", figures.Escalated, "to a person"),
                ("warned", figures.Warned, "warned"),
                ("allowed", figures.Allowed, "allowed"),
            }.Where(p => p.Count > 0),
        ];

    /// <summary>"12 blocked, 3 deferred, 1,204 allowed".</summary>
    public static string Sentence(RuleFigures figures) =>
        figures.Asked == 0
            ? "no contact on its channels"
            : string.Join(", ", Parts(figures).Select(p => $"{p.Count:N0} {p.Word}"));
}
