namespace Dashboard.Web.Features.Compliance.Rules;

/// <summary>What a rule said to contacts on its channels in the last 30 days; of a rule in shadow what it would have said.</summary>
/// <param name="Allowed">It held.</param>
/// <param name="Warned">It did not hold and only warned.</param>
/// <param name="Deferred">It blocked until later.</param>
/// <param name="Blocked">It blocked for good.</param>
/// <param name="ToApproval">It asked for approval.</param>
/// <param name="Escalated">It gave the case to a person.</param>
public sealed record RuleDoings(
    long Allowed,
    long Warned,
    long Deferred,
    long Blocked,
    long ToApproval,
    long Escalated
)
{
    /// <summary>Contacts it looked at.</summary>
    public long Total => Allowed + Warned + Deferred + Blocked + ToApproval + Escalated;

    /// <summary>The parts that are not zero: CSS class, number, word.</summary>
    public IReadOnlyList<(string Class, long Count, string Word)> Parts =>
        [
            .. new (string Class, long Count, string Word)[]
            {
                ("blocked tone-blocked", Blocked, "blocked"),
                ("deferred tone-deferred", Deferred, "deferred"),
                ("approval tone-approval", ToApproval, "to approval"),
                ("escalated", Escalated, "to a person"),
                ("warned", Warned, "warned"),
                ("allowed", Allowed, "allowed"),
            }.Where(p => p.Count > 0),
        ];

    /// <summary>"12 blocked, 3 deferred, 1,204 allowed".</summary>
    public string Sentence =>
        Total == 0
            ? "Looked at no contact"
            : string.Join(", ", Parts.Select(p => $"{p.Count:N0} {p.Word}"));
}
