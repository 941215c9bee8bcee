namespace Dashboard.Domain.Compliance;

/// <summary>What every finding says of its rule.</summary>
internal sealed record RuleHead(
    Guid? Id,
    string Name,
    string? Kind,
    RuleAction Action,
    DateTime? Version
)
{
    /// <summary>The verdict when the rule does not hold.</summary>
    internal GateVerdict Verdict { get; } =
        Action switch
        {
            RuleAction.LogWarning => GateVerdict.AllowedWithWarning,
            RuleAction.RequireApproval => GateVerdict.RequiresApproval,
            RuleAction.Escalate => GateVerdict.Escalate,
            _ => GateVerdict.Blocked,
        };

    /// <summary>Something built in: always blocks.</summary>
    internal static RuleHead BuiltIn(string name) =>
        new(null, name, null, RuleAction.BlockContact, null);
}
