using System.Text.Json;
using Dashboard.Domain.Compliance.Wording;

namespace Dashboard.Domain.Compliance;

/// <summary>
/// A rule in plain English, with its numbers; also one that is only half filled in. What is not there yet is "…" in the text
/// and named in <paramref name="Missing"/>.
/// </summary>
/// <param name="Text">One or two sentences; never empty.</param>
/// <param name="Missing">What still has to be said or cannot be used, in words; empty when the rule can be read.</param>
public sealed record RuleSentence(string Text, IReadOnlyList<string> Missing)
{
    private static readonly Dictionary<string, Func<ConditionText, RuleAction, string>> Kinds = new(
        StringComparer.Ordinal
    )
    {
        ["time_window"] = HoursSentences.Window,
        ["preferred_window"] = HoursSentences.Preferred,
        ["notice_hold"] = HoursSentences.NoticeHold,
        ["frequency"] = CountSentences.Frequency,
        ["conversation_cooldown"] = CountSentences.Cooldown,
        ["min_interval"] = CountSentences.Interval,
        ["channel_block"] = PermissionSentences.ChannelBlock,
        ["consent_required"] = PermissionSentences.Consent,
        ["optout_confirmation"] = PermissionSentences.OptOutConfirmation,
        ["respond_once"] = PermissionSentences.RespondOnce,
    };

    /// <summary>The gate could use it.</summary>
    public bool IsComplete => Missing.Count == 0;

    /// <summary>Says a condition (contracts.md) and what happens when it does not hold.</summary>
    /// <param name="condition">Anything, also no object at all.</param>
    /// <param name="action">What the rule does.</param>
    public static RuleSentence Of(JsonElement condition, RuleAction action)
    {
        var text = new ConditionText(condition);
        if (text.Word("kind") is not { } kind)
        {
            return new RuleSentence("This rule says nothing yet.", ["what kind of rule it is"]);
        }
        if (!Kinds.TryGetValue(kind, out var say))
        {
            var known = string.Join(", ", RuleKinds.All.Select(k => k.Kind));
            return new RuleSentence(
                $"There is no kind of rule called \"{kind}\".",
                [$"a kind that is known: {known}"]
            );
        }
        var sentence = say(text, action);
        IReadOnlyList<string> missing = text.Missing;
        if (missing.Count == 0)
        {
            var rule = new ComplianceRule { Condition = condition, Action = action };
            missing = [.. RuleSet.Check(rule).Select(f => f.Message.TrimEnd('.'))];
        }
        return new RuleSentence(char.ToUpperInvariant(sentence[0]) + sentence[1..], missing);
    }

    /// <summary>The same for a rule as it is stored.</summary>
    public static RuleSentence Of(ComplianceRule rule) => Of(rule.Condition, rule.Action);

    /// <summary>The same for one that is being edited.</summary>
    public static RuleSentence Of(RuleDraft draft) => Of(draft.Condition, draft.Action);

    /// <summary>The text, and what is still missing.</summary>
    public override string ToString() =>
        IsComplete ? Text : $"{Text} Still missing: {string.Join("; ", Missing)}.";
}
