namespace Dashboard.Domain.Compliance.BuiltIn;

/// <summary>The flag on the customer refuses every channel. Always on.</summary>
internal sealed class DoNotContactCheck()
    : GateRule(RuleHead.BuiltIn("do_not_contact"), ChannelSet.Any)
{
    private static readonly PlainEvidence Clear = new(
        holds: true,
        "The customer is not marked do not contact",
        ("do_not_contact", "false")
    );

    private static readonly PlainEvidence Set = new(
        holds: false,
        "The customer is marked do not contact: no channel may be used",
        ("do_not_contact", "true")
    );

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) => subject.Facts.DoNotContact ? Set : Clear;

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc) =>
        subject.Facts.DoNotContact ? Never : utc;
}
