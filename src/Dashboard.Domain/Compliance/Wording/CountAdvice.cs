using System.Runtime.InteropServices;

namespace Dashboard.Domain.Compliance.Wording;

/// <summary>Finds limits that a stricter rule makes useless.</summary>
internal static class CountAdvice
{
    /// <summary>Rules that allow no more in at least the same period.</summary>
    internal static IEnumerable<RuleWarning> Of(RuleDraft draft, List<ComplianceRule> rivals)
    {
        if (Read(draft.ToRule()) is not { } own)
        {
            yield break;
        }
        foreach (var rival in rivals.Where(r => r.Action == RuleAction.BlockContact))
        {
            if (Read(rival) is { } other && other.IsStricterThan(own))
            {
                yield return new RuleWarning(
                    "looser",
                    $"\"{rival.Name}\" allows no more than {other.Max} {other.Period} already, so this rule never acts.",
                    "condition.max"
                );
            }
        }
    }

    private static Limit? Read(ComplianceRule rule)
    {
        var reader = new ConditionReader(rule.Condition);
        return reader.Word("kind") != "frequency"
            ? null
            : new Limit(
                reader.Channels("channels"),
                reader.Channels("count_channels"),
                reader.Statuses("count_statuses"),
                reader.Whole("max", least: 0),
                reader.Period("period"),
                reader.PerDebt("per"),
                reader.Flag("consent_exempt"),
                reader.Flag("only_after_conversation")
            );
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Limit(
        ChannelSet Channels,
        ChannelSet Counted,
        StatusSet Statuses,
        int Max,
        CountingPeriod Period,
        bool PerDebt,
        bool Exempt,
        bool AfterConversation
    )
    {
        // Per customer counts whatever per invoice counts, so it is the stricter of the two.
        internal bool IsStricterThan(in Limit other) =>
            Max <= other.Max
            && Period.Type == other.Period.Type
            && Period.Days >= other.Period.Days
            && Period.Span >= other.Period.Span
            && Holds(Channels.Bits, other.Channels.Bits)
            && Holds(Counted.Bits, other.Counted.Bits)
            && Holds(Statuses.Bits, other.Statuses.Bits)
            && (!PerDebt || other.PerDebt)
            && (!Exempt || other.Exempt)
            && (!AfterConversation || other.AfterConversation);

        private static bool Holds(int all, int some) => (all & some) == some;
    }
}
