namespace Dashboard.Data.Compliance.Proof;

/// <summary>A version of a rule with the time it was in force.</summary>
/// <param name="Rule">The rule, read.</param>
/// <param name="Enabled">A disabled version acted on nothing.</param>
/// <param name="From">UTC, inclusive.</param>
/// <param name="Until">UTC, exclusive; null = still.</param>
/// <param name="Condition">As stored.</param>
internal sealed record TimedRule(
    StatedRule Rule,
    bool Enabled,
    DateTime From,
    DateTime? Until,
    System.Text.Json.JsonElement Condition
)
{
    internal bool HeldAt(DateTime instant) =>
        Enabled && From <= instant && (Until is null || instant < Until);
}

/// <summary>Which rules were in force when (<c>ops.rule_versions</c>).</summary>
internal sealed class RuleTimes(IReadOnlyList<TimedRule> versions, DateTime? demoFrom)
{
    /// <summary>
    /// The instant of a contact is the engine's clock, that of a change of rules the database's: within so much of a change
    /// the clearance tells on which side the contact was judged.
    /// </summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(2);

    private (DateTime From, DateTime Until, IReadOnlyList<StatedRule> Rules)? _last;

    internal IReadOnlyList<TimedRule> All => versions;

    /// <summary>UTC; no version of a rule is on file from before. Null = no rule was ever kept.</summary>
    internal DateTime? Begin { get; } = versions.Count > 0 ? versions.Min(v => v.From) : null;

    /// <summary>Whether a contact is from before rules were kept here, such as the past of the demo company.</summary>
    internal bool IsHistory(CustomerRecord customer, AttemptRow attempt) =>
        attempt.At < Begin || (customer.IsDemo && attempt.At < demoFrom);

    /// <summary>The rules in force at an instant.</summary>
    internal IReadOnlyList<StatedRule> At(DateTime instant)
    {
        if (_last is { } last && last.From <= instant && instant < last.Until)
        {
            return last.Rules;
        }

        var changes = versions
            .SelectMany(v => new[] { v.From, v.Until ?? DateTime.MaxValue })
            .ToList();
        var from = changes.Where(c => c <= instant).DefaultIfEmpty(DateTime.MinValue).Max();
        var until = changes.Where(c => c > instant).DefaultIfEmpty(DateTime.MaxValue).Min();
        List<StatedRule> rules = [.. versions.Where(v => v.HeldAt(instant)).Select(v => v.Rule)];
        _last = (from, until, rules);
        return rules;
    }

    /// <summary>
    /// The rules a contact is judged by: those in force at its instant; where a change of rules is so near that two clocks may
    /// disagree, those of the side that the clearance names.
    /// </summary>
    internal IReadOnlyList<StatedRule> For(AttemptRow attempt)
    {
        var rules = At(attempt.At);
        if (!attempt.HasClearance || Matches(rules, attempt))
        {
            return rules;
        }

        return versions
                .SelectMany(v => new[] { v.From, v.Until ?? DateTime.MaxValue })
                .Where(c => c != DateTime.MaxValue && (c - attempt.At).Duration() <= ClocksDiffer)
                .SelectMany(c => new[] { c, c.AddTicks(-1) })
                .Select(At)
                .FirstOrDefault(side => Matches(side, attempt))
            ?? rules;
    }

    /// <summary>The versions that a clearance names, whenever they were in force: for contacts from before versions were kept.</summary>
    internal List<StatedRule> NamedBy(AttemptRow attempt) =>
        [
            .. attempt
                .Named.Select(n =>
                    versions.FirstOrDefault(v => v.Rule.Id == n.Rule && v.Rule.Version == n.Version)
                )
                .OfType<TimedRule>()
                .Select(v => v.Rule),
        ];

    /// <summary>What is wrong with the evidence of a contact; null = nothing.</summary>
    internal string? Defect(AttemptRow attempt)
    {
        if (!attempt.HasClearance)
        {
            return "It carries no clearance";
        }

        var rules = For(attempt);
        var wrong = attempt
            .Named.Where(n => !rules.Any(r => r.Id == n.Rule && r.Version == n.Version))
            .Select(n =>
                versions.FirstOrDefault(v => v.Rule.Id == n.Rule)?.Rule.Name ?? $"{n.Rule}"
            )
            .ToList();
        if (wrong.Count > 0)
        {
            return $"Its clearance names a version that was not in force: {string.Join(", ", wrong)}";
        }

        var missing = rules
            .Where(r => !attempt.Named.Contains((r.Id, r.Version)))
            .Select(r => r.Name)
            .ToList();
        return missing.Count > 0
            ? $"Its clearance lacks a rule that was in force: {string.Join(", ", missing)}"
            : null;
    }

    private static bool Matches(IReadOnlyList<StatedRule> rules, AttemptRow attempt) =>
        rules.Count == attempt.Named.Count
        && rules.All(r => attempt.Named.Contains((r.Id, r.Version)));
}
