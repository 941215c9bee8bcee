namespace Dashboard.Domain.Compliance;

/// <summary>A rule that limits nothing itself but lets one message through in spite of an opt-out.</summary>
internal abstract class OptOutAllowance(RuleHead head) : GateRule(head, ChannelSet.Any)
{
    private static readonly ulong[] Sent =
    [
        .. Enum.GetValues<Contacts.Channel>()
            .Select(c => Traits.Outbound(ChannelSet.Of(c), StatusSet.Contacts)),
    ];

    /// <summary>Whether the request may go out at an instant at which the opt-out is in force.</summary>
    internal abstract bool Lifts(GateCase subject, OptOutFact optOut, long utc);

    /// <summary>The next instant after <paramref name="utc"/> at which it may begin to let something through, or <see cref="GateRule.Never"/>.</summary>
    internal virtual long NextChance(GateCase subject, long utc) => Never;

    /// <inheritdoc/>
    internal override long Earliest(GateCase subject, long utc) => utc;

    /// <summary>An outbound message on the request's channel in [from, until] that was not refused on its way.</summary>
    protected static bool HasSent(GateCase subject, long from, long until)
    {
        var sent = Sent[(int)subject.Channel];
        foreach (var attempt in subject.Attempts.Attempts)
        {
            if (attempt.Is(sent) && attempt.At >= from && attempt.At <= until)
            {
                return true;
            }
        }
        return false;
    }
}
