using System.Text.Json;
using Dashboard.Domain.Compliance.Wording;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Compliance;

/// <summary>One field that differs between two versions of a rule.</summary>
/// <param name="Field">As a fault would name it, e.g. <c>condition.max</c>.</param>
/// <param name="Label">For people, e.g. "Most".</param>
/// <param name="Before">Null = it was not there.</param>
/// <param name="After">Null = it is gone.</param>
public sealed record RuleFieldChange(string Field, string Label, string? Before, string? After);

/// <summary>What differs between two versions of a rule, in words.</summary>
/// <param name="SentenceBefore">What the earlier one said; null = there was none.</param>
/// <param name="SentenceAfter">What the later one says; null = the rule was deleted.</param>
/// <param name="Changes">Field by field, in the order of the form; empty when nothing differs.</param>
public sealed record RuleDiff(
    string? SentenceBefore,
    string? SentenceAfter,
    IReadOnlyList<RuleFieldChange> Changes
)
{
    /// <summary>Compares two versions; null stands for no rule.</summary>
    public static RuleDiff Between(RuleDraft? before, RuleDraft? after)
    {
        var (old, young) = (Fields(before), Fields(after));
        var keys = young.Keys.Concat(old.Keys.Where(k => !young.ContainsKey(k)));
        return new RuleDiff(
            Say(before),
            Say(after),
            [
                .. keys.Select(k => new RuleFieldChange(
                        k,
                        FieldLabels.Of(k),
                        old.GetValueOrDefault(k),
                        young.GetValueOrDefault(k)
                    ))
                    .Where(c => c.Before != c.After),
            ]
        );
    }

    private static string? Say(RuleDraft? draft) =>
        draft is null ? null : RuleSentence.Of(draft).ToString();

    private static Dictionary<string, string> Fields(RuleDraft? draft)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (draft is null)
        {
            return fields;
        }
        Put(fields, "name", draft.Name);
        Put(fields, "description", draft.Description);
        Put(fields, "state", draft.State.ToText());
        Put(fields, "severity", draft.Severity?.ToText());
        Put(fields, "action", draft.Action.ToText().Replace('_', ' '));
        Put(fields, "citation", draft.Citation);
        Put(fields, "rule_type", draft.RuleType);
        Flatten(fields, "condition", draft.Condition);
        return fields;
    }

    private static void Put(Dictionary<string, string> fields, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            fields[key] = value;
        }
    }

    // Keys of objects are fields of their own; a list is one field, its order kept.
    private static void Flatten(Dictionary<string, string> fields, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Flatten(fields, $"{path}.{property.Name}", property.Value);
                }
                break;
            case JsonValueKind.Array when path == "condition.windows":
                var hours = new ConditionText(
                    JsonSerializer.SerializeToElement(new { Windows = value }, JsonShape.Options)
                );
                Put(fields, path, HoursSentences.Windows(hours));
                break;
            case JsonValueKind.Array:
                Put(
                    fields,
                    path,
                    string.Join(", ", value.EnumerateArray().Select(e => e.ToString()))
                );
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Put(fields, path, value.GetBoolean() ? "yes" : "no");
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                Put(fields, path, value.ToString());
                break;
        }
    }
}
