using System.Text.Json;
using Dashboard.Domain.Compliance;

namespace Dashboard.Web.Components.Findings;

/// <summary>Something the gate saw, in words.</summary>
/// <param name="Label">What it is, e.g. "Local time".</param>
/// <param name="Value">E.g. "Wed 3 Jun 2026, 07:12 in New York (America/New_York)".</param>
public sealed record WhyFact(string Label, string Value);

/// <summary>One rule's part of the evidence.</summary>
/// <param name="Line">Name, verdict and sentence.</param>
public sealed record WhyRule(FindingLine Line)
{
    /// <summary>The rule in plain words, as it was when it was applied; null when that version is not known.</summary>
    public string? Says { get; init; }

    /// <summary>Its legal source; null when none is recorded.</summary>
    public string? Citation { get; init; }

    /// <summary>1, 2, 3, …; null for what is built in and for versions that were not kept.</summary>
    public int? Version { get; init; }

    /// <summary>UTC; the version that was applied: the rule's <c>updated_at</c>.</summary>
    public DateTime? VersionAt { get; init; }

    /// <summary>A newer version is in force by now.</summary>
    public bool ChangedSince { get; init; }

    /// <summary>The rule; null for what is built in, which cannot be switched off.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>What it does when it does not hold.</summary>
    public RuleAction? Action { get; init; }

    /// <summary>The numbers it saw.</summary>
    public IReadOnlyList<WhyFact> Seen { get; init; } = [];

    /// <summary>Who approved it although this rule asked; null = nobody had to, or did.</summary>
    public string? LiftedBy { get; init; }

    /// <summary>The page of the rule.</summary>
    public string? Href => RuleId is { } id ? $"rules/{id}" : null;

    /// <summary>The page of its versions.</summary>
    public string? VersionHref => RuleId is { } id ? $"rules/{id}?view=versions" : null;
}

/// <summary>A decision of the gate with everything behind it, ready to be read out.</summary>
public sealed record WhyEvidence
{
    /// <summary>The decision in one sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>What the gate said.</summary>
    public required GateVerdict Verdict { get; init; }

    /// <summary>What it is about, for the text that is handed on: "Call to Northwind Tools".</summary>
    public required string Subject { get; init; }

    /// <summary>UTC; the instant that was judged.</summary>
    public required DateTime At { get; init; }

    /// <summary>UTC; null = now, or never.</summary>
    public DateTime? NextAllowedAt { get; init; }

    /// <summary>IANA zone of the customer.</summary>
    public string? Zone { get; init; }

    /// <summary>Rules that acted, what stops first.</summary>
    public IReadOnlyList<WhyRule> Rules { get; init; } = [];

    /// <summary>Rules in shadow: looked at, never acted.</summary>
    public IReadOnlyList<WhyRule> Shadow { get; init; } = [];

    /// <summary>What was known of the customer.</summary>
    public IReadOnlyList<WhyFact> Facts { get; init; } = [];

    /// <summary>Who approved or refused it, when that was asked for.</summary>
    public IReadOnlyList<string> Approvals { get; init; } = [];

    /// <summary>What was kept, as it was kept; null for a decision that was only looked up.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>Name of the file when it is downloaded, without its ending.</summary>
    public string FileName { get; init; } = "decision";

    /// <summary>Only the rules that did not allow were kept, as for refusals.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Rules that allowed.</summary>
    public IEnumerable<WhyRule> Passed => Rules.Where(r => r.Line.Verdict == GateVerdict.Allowed);

    /// <summary>Rules that did not simply allow.</summary>
    public IEnumerable<WhyRule> Raised => Rules.Where(r => r.Line.Verdict != GateVerdict.Allowed);

    /// <summary>Some rule has a source.</summary>
    public bool HasCitations => Rules.Concat(Shadow).Any(r => r.Citation is not null);
}
