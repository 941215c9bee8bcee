using System.Text.Json;
using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Rules.Packs;

/// <summary>A set of rules that ships with the product. Research with sources, not legal advice: say so where it is shown.</summary>
public sealed record RulePack
{
    /// <summary>Stable, e.g. <c>us-reg-f</c>.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>1, 2, 3, …; moves when a rule in it does.</summary>
    public required int Version { get; init; }

    /// <summary>One sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The sources of the whole pack.</summary>
    public required IReadOnlyList<string> Citations { get; init; }

    /// <summary>How well the sources are known.</summary>
    public required string SourceStatus { get; init; }

    /// <summary>What to know before using it.</summary>
    public string? Note { get; init; }

    /// <summary>The rules, in order.</summary>
    public required IReadOnlyList<PackRule> Rules { get; init; }
}

/// <summary>A rule of a pack.</summary>
public sealed record PackRule
{
    /// <summary>Unique within the pack; stable.</summary>
    public required string Id { get; init; }

    /// <summary>The version of the pack that brought it.</summary>
    public int Since { get; init; } = 1;

    /// <summary>Unique among all packs; at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The legal source; at most 500 characters.</summary>
    public required string Citation { get; init; }

    /// <summary>How bad a breach is.</summary>
    public required RuleSeverity Severity { get; init; }

    /// <summary>What it does when it does not hold.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>As contracts.md writes it.</summary>
    public required JsonElement Condition { get; init; }

    /// <summary>As a new rule that is on.</summary>
    public RuleDraft ToDraft() =>
        new RuleDraft
        {
            Name = Name,
            Description = Description,
            Condition = Condition,
            Action = Action,
            Severity = Severity,
            Citation = Citation,
        }.Tidy();

    /// <summary>The rule says what this says; whether it is on does not matter.</summary>
    public bool IsTextOf(RuleDraft rule) =>
        RuleDiff.Between(ToDraft() with { State = rule.State }, rule).Changes.Count == 0;
}
