using System.Text.Json;

namespace Dashboard.Domain.Compliance;

/// <summary>What a rule does when it does not hold (schema.md, compliance_rules.action).</summary>
public enum RuleAction
{
    /// <summary>No contact.</summary>
    BlockContact,

    /// <summary>A human approves first.</summary>
    RequireApproval,

    /// <summary>Contact, and note it.</summary>
    LogWarning,

    /// <summary>A human takes over.</summary>
    Escalate,
}

/// <summary>schema.md, compliance_rules.severity.</summary>
public enum RuleSeverity
{
    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}

/// <summary>A contact rule (schema.md, table 11); <c>Condition</c> as contracts.md writes it.</summary>
public sealed class ComplianceRule
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Unique, at most 100 characters.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The sentence and its legal source.</summary>
    public string? Description { get; set; }

    /// <summary>The family: <c>time_restriction</c>, <c>frequency_limit</c>, …</summary>
    public string RuleType { get; set; } = string.Empty;

    /// <summary>The exact rule; malformed or unknown fails closed.</summary>
    public JsonElement Condition { get; set; }

    /// <summary>What it does when it does not hold.</summary>
    public RuleAction Action { get; set; }

    /// <summary>How bad a breach is.</summary>
    public RuleSeverity? Severity { get; set; }

    /// <summary>Disabled rules are ignored.</summary>
    public bool? IsEnabled { get; set; } = true;

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database; the rule's version in clearances.</summary>
    public DateTime UpdatedAt { get; set; }
}
