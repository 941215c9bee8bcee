using System.Text.Json;

namespace Dashboard.Domain.Compliance;

/// <summary>A rule as somebody wants it: what is edited, tried on the past, approved by another officer and then saved.</summary>
public sealed record RuleDraft
{
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
}
