using System.Text.Json;
using Dashboard.Domain.Compliance.Kinds;
using Dashboard.Domain.Results;

namespace Dashboard.Domain.Compliance;

/// <summary>Turns a stored rule into one that can be evaluated, or into one that always blocks when it cannot be read.</summary>
internal static class RuleCompiler
{
    private static readonly Dictionary<string, Func<RuleHead, ConditionReader, GateRule>> Kinds =
        new(StringComparer.Ordinal)
        {
            ["time_window"] = TimeWindowRule.Read,
            ["frequency"] = FrequencyRule.Read,
            ["conversation_cooldown"] = ConversationCooldownRule.Read,
            ["min_interval"] = MinIntervalRule.Read,
            ["channel_block"] = ChannelBlockRule.Read,
            ["consent_required"] = ConsentRequiredRule.Read,
            ["notice_hold"] = NoticeHoldRule.Read,
            ["preferred_window"] = PreferredWindowRule.Read,
            ["optout_confirmation"] = OptOutConfirmationRule.Read,
            ["respond_once"] = RespondOnceRule.Read,
        };

    /// <summary>Every kind that is known.</summary>
    internal static IReadOnlyCollection<string> KnownKinds => Kinds.Keys;

    internal static GateRule Compile(ComplianceRule rule)
    {
        var (compiled, faults) = Read(rule);
        return compiled ?? new BrokenRule(rule, faults);
    }

    /// <summary>The rule, or why there is none.</summary>
    internal static (GateRule? Rule, IReadOnlyList<Error> Faults) Read(ComplianceRule rule)
    {
        if (rule.Condition.ValueKind != JsonValueKind.Object)
        {
            return (null, [Error.Invalid("condition", "The condition must be an object.")]);
        }
        var reader = new ConditionReader(rule.Condition);
        var kind = reader.Word("kind");
        if (kind is null)
        {
            return (null, reader.Faults);
        }
        if (!Kinds.TryGetValue(kind, out var read))
        {
            var known = string.Join(", ", Kinds.Keys);
            return (
                null,
                [Error.Invalid("condition.kind", $"kind is '{kind}': use one of {known}.")]
            );
        }
        var head = new RuleHead(rule.Id, rule.Name, kind, rule.Action, rule.UpdatedAt);
        var compiled = read(head, reader);
        return reader.Faults.Count == 0 ? (compiled, []) : (null, reader.Faults);
    }
}
