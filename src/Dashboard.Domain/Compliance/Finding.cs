using System.Text.Json.Serialization;

namespace Dashboard.Domain.Compliance;

/// <summary>
/// One rule's verdict on one request. Its sentence and facts are made when they are first read: most findings are "fine",
/// and the dispatcher reads none of those.
/// </summary>
public sealed record Finding
{
    private readonly Evidence? _evidence;
    private string? _explanation;
    private IReadOnlyDictionary<string, string>? _facts;

    /// <summary>A finding whose texts are known, e.g. read from a clearance.</summary>
    /// <param name="ruleId">The rule's key; null for what is built in.</param>
    /// <param name="rule">The rule's name, or <c>opt_out</c>, <c>do_not_contact</c>, <c>contact_restrictions</c>, <c>preferred_window</c>, <c>gate_failure</c>.</param>
    /// <param name="kind"><c>condition.kind</c>; null for what is built in.</param>
    /// <param name="action">What the rule does when it does not hold.</param>
    /// <param name="verdict">What it says here.</param>
    /// <param name="nextAllowedAt">UTC; when this rule alone would allow; null = never, or it allows now.</param>
    /// <param name="explanation">A sentence with the numbers.</param>
    /// <param name="facts">What the rule saw.</param>
    /// <param name="ruleVersion">The rule's <c>updated_at</c>; null for what is built in.</param>
    [JsonConstructor]
    public Finding(
        Guid? ruleId,
        string rule,
        string? kind,
        RuleAction action,
        GateVerdict verdict,
        DateTime? nextAllowedAt,
        string explanation,
        IReadOnlyDictionary<string, string> facts,
        DateTime? ruleVersion
    )
    {
        RuleId = ruleId;
        Rule = rule;
        Kind = kind;
        Action = action;
        Verdict = verdict;
        NextAllowedAt = nextAllowedAt;
        RuleVersion = ruleVersion;
        _explanation = explanation;
        _facts = facts;
    }

    internal Finding(RuleHead head, GateVerdict verdict, DateTime? nextAllowedAt, Evidence evidence)
    {
        RuleId = head.Id;
        Rule = head.Name;
        Kind = head.Kind;
        Action = head.Action;
        Verdict = verdict;
        NextAllowedAt = nextAllowedAt;
        RuleVersion = head.Version;
        _evidence = evidence;
    }

    /// <summary>The rule's key; null for what is built in.</summary>
    public Guid? RuleId { get; }

    /// <summary>The rule's name, or the name of what is built in.</summary>
    public string Rule { get; }

    /// <summary><c>condition.kind</c>; null for what is built in.</summary>
    public string? Kind { get; }

    /// <summary>What the rule does when it does not hold.</summary>
    public RuleAction Action { get; }

    /// <summary>What it says here.</summary>
    public GateVerdict Verdict { get; }

    /// <summary>UTC; when this rule alone would allow; null = never, or it allows now.</summary>
    public DateTime? NextAllowedAt { get; }

    /// <summary>A sentence with the numbers and the zone.</summary>
    public string Explanation => _explanation ??= _evidence!.Explain(NextAllowedAt);

    /// <summary>What the rule saw: counts, local time, zone and where it came from.</summary>
    public IReadOnlyDictionary<string, string> Facts => _facts ??= _evidence!.Facts();

    /// <summary>The rule's <c>updated_at</c>; null for what is built in.</summary>
    public DateTime? RuleVersion { get; }

    /// <summary>The rule is about the request's channel; otherwise it allows without having looked.</summary>
    [JsonIgnore]
    public bool IsConcerned => _evidence is null || !NotConcerned.Is(_evidence);

    /// <summary>Same rule, verdict and words.</summary>
    public bool Equals(Finding? other) =>
        other is not null
        && (RuleId, Rule, Kind, Action, Verdict, NextAllowedAt, RuleVersion)
            == (
                other.RuleId,
                other.Rule,
                other.Kind,
                other.Action,
                other.Verdict,
                other.NextAllowedAt,
                other.RuleVersion
            )
        && Explanation == other.Explanation;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RuleId, Rule, Verdict, NextAllowedAt);
}
