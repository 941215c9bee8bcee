using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>Which change two verdicts make.</summary>
internal static class Comparison
{
    /// <summary>A contact that was made: <paramref name="before"/> is what the rule in force said, <paramref name="now"/> what the draft says.</summary>
    /// <returns>Null when it would have been made as it was.</returns>
    public static BacktestChange? OfContact(Finding? before, Finding? now)
    {
        var (old, said) = (Verdict(before), Verdict(now));
        if (
            IsSame(before, now)
            // It was made although the rule should have stopped it: nothing can be said of what another rule had done.
            || old is GateVerdict.Blocked or GateVerdict.Escalate
        )
        {
            return null;
        }

        return said switch
        {
            GateVerdict.Blocked => now!.NextAllowedAt is null
                ? BacktestChange.ForGood
                : BacktestChange.Later,
            GateVerdict.Escalate => BacktestChange.Escalated,
            GateVerdict.RequiresApproval => BacktestChange.ToApproval,
            GateVerdict.AllowedWithWarning when old == GateVerdict.Allowed => BacktestChange.Warned,
            _ => BacktestChange.Eased,
        };
    }

    /// <summary>
    /// A refusal: <paramref name="before"/> and <paramref name="now"/> as for a contact; the other rules said
    /// <see cref="PastEvent.Others"/>.
    /// </summary>
    /// <returns>Null when it would have been refused as it was.</returns>
    public static BacktestChange? OfRefusal(
        PastEvent refusal,
        GateVerdict was,
        Finding? before,
        Finding? now
    )
    {
        if (IsSame(before, now))
        {
            return null;
        }

        var would = (GateVerdict)Math.Max((int)refusal.Others, (int)Verdict(now));
        if (would is GateVerdict.Allowed or GateVerdict.AllowedWithWarning)
        {
            return BacktestChange.Allowed;
        }

        var forGood =
            would == GateVerdict.Blocked
            && was == GateVerdict.Blocked
            && Verdict(now) == GateVerdict.Blocked
            && now!.NextAllowedAt is null
            && refusal.NextAllowedAt is not null;
        return would != was || forGood ? BacktestChange.RefusedOtherwise : null;
    }

    /// <summary>The contact would not have left as it did.</summary>
    public static bool IsStop(BacktestChange change) =>
        change
            is BacktestChange.Later
                or BacktestChange.ForGood
                or BacktestChange.ToApproval
                or BacktestChange.Escalated;

    private static GateVerdict Verdict(Finding? finding) => finding?.Verdict ?? GateVerdict.Allowed;

    private static bool IsSame(Finding? a, Finding? b) =>
        Verdict(a) == Verdict(b)
        && (
            Verdict(a) != GateVerdict.Blocked
            || a!.NextAllowedAt is null == b!.NextAllowedAt is null
        );
}
