using Dashboard.Domain.Contacts;

namespace Dashboard.Domain.Compliance.Kinds;

/// <summary>
/// <c>optout_confirmation</c>: one SMS that confirms the opt-out may go out within some minutes of it, nothing else
/// (47 CFR 64.1200(a)(12)).
/// </summary>
internal sealed class OptOutConfirmationRule(RuleHead head, TimeSpan within) : OptOutAllowance(head)
{
    private readonly PlainEvidence _evidence = new(
        holds: true,
        $"One SMS may confirm an opt-out within {Words.Count(within.TotalMinutes, "minute")} of it",
        ("within_minutes", $"{within.TotalMinutes:0.##}")
    );

    /// <summary>Reads the condition.</summary>
    internal static GateRule Read(RuleHead head, ConditionReader condition) =>
        new OptOutConfirmationRule(head, TimeSpan.FromMinutes(condition.Number("within_minutes")));

    /// <inheritdoc/>
    internal override Evidence Look(GateCase subject) => _evidence;

    /// <inheritdoc/>
    internal override bool Lifts(GateCase subject, OptOutFact optOut, long utc) =>
        subject.Request.Purpose == "optout_confirmation"
        && subject.Channel == Channel.Sms
        && utc - optOut.EffectiveAt.Ticks < within.Ticks
        && !HasSent(subject, optOut.EffectiveAt.Ticks, utc);
}
