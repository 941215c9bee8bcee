namespace Dashboard.Domain.Compliance;

/// <summary>A kind of condition and the family it belongs to (contracts.md, compliance_rules).</summary>
/// <param name="Kind"><c>condition.kind</c>.</param>
/// <param name="RuleType"><c>compliance_rules.rule_type</c>.</param>
/// <param name="Title">For people, e.g. "Contact hours".</param>
/// <param name="Description">One sentence that says what it is for.</param>
/// <param name="ActionCounts">False when it only ever lets something through, so that its action means nothing.</param>
public sealed record RuleKind(
    string Kind,
    string RuleType,
    string Title,
    string Description,
    bool ActionCounts = true
);

/// <summary>Every kind of rule there is, in the order in which they are offered.</summary>
public static class RuleKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new(
            "time_window",
            "time_restriction",
            "Contact hours",
            "When contact is possible, by the customer's clock."
        ),
        new(
            "frequency",
            "frequency_limit",
            "How often",
            "How many contacts are possible in a period, for each invoice or each customer."
        ),
        new(
            "conversation_cooldown",
            "frequency_limit",
            "Rest after a conversation",
            "How long there is no contact after a telephone conversation."
        ),
        new(
            "min_interval",
            "frequency_limit",
            "Time between contacts",
            "How many minutes must lie between two contacts."
        ),
        new(
            "channel_block",
            "channel_restriction",
            "Closed channel",
            "A channel that is not used, or only with care."
        ),
        new(
            "consent_required",
            "consent",
            "Consent",
            "A channel that is used only with the customer's consent."
        ),
        new(
            "notice_hold",
            "hold",
            "Wait after the notice",
            "How long there is no contact after the written notice."
        ),
        new(
            "preferred_window",
            "time_restriction",
            "Customer's hours",
            "Contact only in the hours the customer asked for."
        ),
        new(
            "optout_confirmation",
            "exception",
            "Confirmation of an opt-out",
            "One SMS may confirm an opt-out although it is in force.",
            ActionCounts: false
        ),
        new(
            "respond_once",
            "exception",
            "Answer in spite of an opt-out",
            "A customer who writes or calls after opting out may be answered once.",
            ActionCounts: false
        ),
    ];

    /// <summary>The kind of that name, or null.</summary>
    public static RuleKind? Find(string? kind) => All.FirstOrDefault(k => k.Kind == kind);
}
