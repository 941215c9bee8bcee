using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Domain.Compliance;

/// <summary>A rule as somebody wants it: what is edited, tried on the past, approved by another officer and then saved.</summary>
public sealed record RuleDraft
{
    /// <summary>The longest name, in characters (schema.md, compliance_rules.name).</summary>
    public const int LongestName = 100;

    /// <summary>The longest citation, in characters.</summary>
    public const int LongestCitation = 500;

    private const int LongestDescription = 4_000;
    private const int LargestCondition = 32_000;

    /// <summary>The rule it changes; null = a new one.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>UTC; the version (<c>updated_at</c>) it was made from; null for a new rule.</summary>
    public DateTime? BasedOn { get; init; }

    /// <summary>Unique, 1 to 100 characters.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its sentence in the words of the house.</summary>
    public string? Description { get; init; }

    /// <summary>The family (contracts.md): <c>time_restriction</c>, <c>frequency_limit</c>, … At most 50 characters.</summary>
    public string RuleType { get; init; } = string.Empty;

    /// <summary>The exact rule, as contracts.md writes it.</summary>
    public JsonElement Condition { get; init; }

    /// <summary>What it does when it does not hold.</summary>
    public RuleAction Action { get; init; }

    /// <summary>How bad a breach is.</summary>
    public RuleSeverity? Severity { get; init; }

    /// <summary>Off: it is ignored.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>It is evaluated and logged but does not act; stored as a disabled rule with its setting.</summary>
    public bool IsShadow { get; init; }

    /// <summary>The legal source, at most 500 characters.</summary>
    public string? Citation { get; init; }

    /// <summary>On, off or in shadow; shadow wins over on.</summary>
    [JsonIgnore]
    public RuleState State
    {
        get =>
            IsShadow ? RuleState.Shadow
            : IsEnabled ? RuleState.On
            : RuleState.Off;
        init => (IsEnabled, IsShadow) = (value == RuleState.On, value == RuleState.Shadow);
    }

    /// <summary><c>condition.kind</c>, or null.</summary>
    [JsonIgnore]
    public string? Kind =>
        Condition.ValueKind == JsonValueKind.Object
        && Condition.TryGetProperty("kind", out var kind)
        && kind.ValueKind == JsonValueKind.String
            ? kind.GetString()
            : null;

    /// <summary>The draft that leaves a stored rule as it is.</summary>
    /// <param name="rule">As stored.</param>
    /// <param name="isShadow">Its setting.</param>
    /// <param name="citation">Its setting.</param>
    public static RuleDraft From(
        ComplianceRule rule,
        bool isShadow = false,
        string? citation = null
    ) =>
        new()
        {
            RuleId = rule.Id,
            BasedOn = rule.UpdatedAt,
            Name = rule.Name,
            Description = rule.Description,
            RuleType = rule.RuleType,
            Condition = rule.Condition,
            Action = rule.Action,
            Severity = rule.Severity,
            IsEnabled = rule.IsEnabled != false,
            IsShadow = isShadow,
            Citation = citation,
        };

    /// <summary>
    /// As it is stored: texts without blanks around them, empty ones null, a rule type that was left out taken from the kind,
    /// on and in shadow at once taken for shadow.
    /// </summary>
    public RuleDraft Tidy() =>
        this with
        {
            Name = Plain(Name),
            Description = Blank(Description),
            Citation = Blank(Citation),
            RuleType = string.IsNullOrWhiteSpace(RuleType)
                ? RuleKinds.Find(Kind)?.RuleType ?? string.Empty
                : RuleType.Trim(),
            State = State,
        };

    /// <summary>
    /// Everything that is wrong with it, each with its field (<c>name</c>, <c>rule_type</c>,
    /// <c>condition.windows[0].start</c>, …); empty when it can be saved.
    /// </summary>
    /// <param name="taken">Names of the other rules.</param>
    public IReadOnlyList<Error> Faults(IEnumerable<string> taken)
    {
        var draft = Tidy();
        return
        [
            .. draft.NameFaults(taken),
            .. Length(draft.Description, LongestDescription, "description", "description"),
            .. Length(draft.Citation, LongestCitation, "citation", "legal source"),
            .. draft.WordFaults(),
            .. draft.TypeFaults(),
            .. draft.ConditionFaults(),
        ];
    }

    /// <summary>The rule to evaluate: acting as the draft says, whether or not it is on.</summary>
    public ComplianceRule ToRule() =>
        new()
        {
            Id = RuleId ?? Guid.Empty,
            Name = Name,
            Description = Description,
            RuleType = RuleType,
            Condition = Condition,
            Action = Action,
            Severity = Severity,
            IsEnabled = true,
            UpdatedAt = BasedOn ?? default,
        };

    private static string? Blank(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Plain(text);

    // PostgreSQL holds every character but this one.
    private static string Plain(string text) =>
        text.Replace("\0", "", StringComparison.Ordinal).Trim();

    private IEnumerable<Error> NameFaults(IEnumerable<string> taken)
    {
        if (Name.Length == 0)
        {
            yield return Error.Invalid("name", "Give the rule a name.");
        }
        else if (taken.Contains(Name, StringComparer.OrdinalIgnoreCase))
        {
            yield return Error.Invalid(
                "name",
                $"Another rule is called \"{Name}\" already: choose a different name."
            );
        }
        foreach (var fault in Length(Name, LongestName, "name", "name"))
        {
            yield return fault;
        }
    }

    // A word that no enumeration knows can come in as a number through JSON.
    private IEnumerable<Error> WordFaults()
    {
        if (!Enum.IsDefined(Action))
        {
            yield return Error.Invalid(
                "action",
                $"Choose what the rule does: {string.Join(", ", EnumText.All<RuleAction>())}."
            );
        }
        if (Severity is { } severity && !Enum.IsDefined(severity))
        {
            yield return Error.Invalid(
                "severity",
                $"Choose a severity: {string.Join(", ", EnumText.All<RuleSeverity>())}."
            );
        }
    }

    private IEnumerable<Error> TypeFaults()
    {
        if (RuleKinds.Find(Kind) is { } kind && RuleType != kind.RuleType)
        {
            yield return Error.Invalid(
                "rule_type",
                $"A {kind.Kind} rule is of the type {kind.RuleType}, not '{RuleType}'."
            );
        }
    }

    private IReadOnlyList<Error> ConditionFaults()
    {
        if (
            Condition.ValueKind == JsonValueKind.Object
            && Condition.GetRawText().Length > LargestCondition
        )
        {
            return
            [
                Error.Invalid(
                    "condition",
                    $"The condition is longer than {LargestCondition} characters: split the rule."
                ),
            ];
        }
        return
            Condition.ValueKind == JsonValueKind.Object
            && Condition.GetRawText().Contains("\\u0000", StringComparison.Ordinal)
            ? [Error.Invalid("condition", "The condition holds a NUL character: remove it.")]
            : RuleSet.Check(ToRule());
    }

    private static IEnumerable<Error> Length(string? text, int most, string field, string noun)
    {
        if (text?.Length > most)
        {
            yield return Error.Invalid(
                field,
                $"The {noun} has {text.Length} characters: shorten it to {most}."
            );
        }
    }
}
