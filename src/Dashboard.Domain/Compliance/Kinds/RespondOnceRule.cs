namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>
/// <c>respond_once</c>: a customer who writes or calls on a channel after opting out of it may be answered once on it
/// (12 CFR 1006.14(h)(2)(ii)).
/// </summary>
internal sealed class RespondOnceRule(RuleHead head) : OptOutAllowance(head)
{
    private static readonly PlainEvidence Always = new(
        holds: true,
        "A customer who contacts us on a channel after opting out of it may be answered once on it"
    );

    /// <summary>Reads the condition; it has no values.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new RespondOnceRule(head);

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) => Always;

    /// <inheritdoc/>
    internal override long NextChance(GateCase subject, long utc)
    {
        var next = Never;
        foreach (var attempt in subject.Attempts.Attempts)
        {
            if (attempt.Inbound && attempt.Channel == subject.Channel && attempt.At > utc)
            {
                next = Math.Min(next, attempt.At);
            }
        }
        return next;
    }

    /// <inheritdoc/>
    internal override bool Lifts(GateCase subject, OptOutFact optOut, long utc)
    {
        // The message that was the opt-out is not one to answer: it has to be later.
        var latest = 0L;
        foreach (var attempt in subject.Attempts.Attempts)
        {
            if (
                attempt.Inbound
                && attempt.Channel == subject.Channel
                && attempt.At <= utc
                && attempt.At > optOut.EffectiveAt.Ticks
            )
            {
                latest = Math.Max(latest, attempt.At);
            }
        }
        return latest > 0 && !HasSent(subject, latest, utc);
    }
}
