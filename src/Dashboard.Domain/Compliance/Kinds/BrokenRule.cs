using Dashboard.Domain.Results;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>A rule that cannot be read: it blocks every contact, whatever its action, until somebody corrects it.</summary>
internal sealed class BrokenRule(ComplianceRule rule, IReadOnlyList<Error> faults)
    : GateRule(
        new RuleHead(rule.Id, rule.Name, "broken", RuleAction.BlockContact, rule.UpdatedAt),
        ChannelSet.Any
    )
{
    private readonly PlainEvidence _evidence = new(
        holds: false,
        $"The rule \"{rule.Name}\" cannot be read, so nobody is contacted until it is corrected: "
            + string.Join(" ", faults.Select(f => f.Message)),
        ("broken", string.Join(" ", faults.Select(f => f.Message)))
    );

    /// <summary>What is wrong with it.</summary>
    internal IReadOnlyList<Error> Faults => faults;

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) => _evidence;

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc) => Never;
}
