using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>The draft, and what it is compared with at any instant of the past.</summary>
internal sealed class RuleTrials
{
    private readonly List<(DateTime Until, RuleTrial Trial)> _versions = [];
    private readonly RuleTrial _none;

    /// <summary>Makes them ready.</summary>
    /// <param name="draft">As somebody wants it.</param>
    /// <param name="versions">Of the rule it changes, the oldest first; empty for a new rule.</param>
    /// <param name="besides">The other rules in force that let messages through in spite of an opt-out.</param>
    public RuleTrials(
        RuleDraft draft,
        IReadOnlyList<RuleVersion> versions,
        IReadOnlyList<ComplianceRule> besides
    )
    {
        var rule = draft.ToRule();
        Rule = rule.Id;
        JudgedAsOff =
            draft is { IsEnabled: false, IsShadow: false }
            && versions is [.., { IsEnabled: true, ValidTo: null }];
        ReplacesOptOut =
            RuleTrial.IsAllowance(rule) || versions.Any(v => RuleTrial.IsAllowance(RuleOf(v)));
        _none = RuleTrial.Of(null, ReplacesOptOut, besides);
        Draft = JudgedAsOff ? _none : RuleTrial.Of(rule, ReplacesOptOut, besides);
        foreach (var version in versions)
        {
            _versions.Add(
                (
                    version.ValidTo ?? DateTime.MaxValue,
                    version.IsEnabled
                        ? RuleTrial.Of(RuleOf(version), ReplacesOptOut, besides)
                        : _none
                )
            );
        }

        VersionsFrom = versions.Count > 0 ? versions[0].ValidFrom : null;
        LookBack = _versions.Select(v => v.Trial.LookBack).Append(Draft.LookBack).Max();
    }

    /// <summary>The rule that is changed; an id of no rule for a new one.</summary>
    public Guid Rule { get; }

    /// <summary>The draft, acting.</summary>
    public RuleTrial Draft { get; }

    /// <summary>The draft switches the rule off.</summary>
    public bool JudgedAsOff { get; }

    /// <summary>The draft or a version of it is heard through the opt-out's finding.</summary>
    public bool ReplacesOptOut { get; }

    /// <summary>UTC; before it no version is on record. Null for a new rule.</summary>
    public DateTime? VersionsFrom { get; }

    /// <summary>Earlier contacts than this decide nothing.</summary>
    public TimeSpan LookBack { get; }

    /// <summary>The version in force at an instant; the first one before it is on record; no rule while it was off or there was none.</summary>
    public RuleTrial InForceAt(DateTime utc)
    {
        foreach (var (until, trial) in _versions)
        {
            if (utc < until)
            {
                return trial;
            }
        }

        return _none;
    }

    /// <summary>How many versions were in force in a period.</summary>
    public int VersionsIn(DateTime from, DateTime to)
    {
        var (count, start) = (0, DateTime.MinValue);
        foreach (var (until, _) in _versions)
        {
            count += start < to && until > from ? 1 : 0;
            start = until;
        }

        return count;
    }

    private static ComplianceRule RuleOf(RuleVersion version) =>
        new()
        {
            Id = version.RuleId,
            Name = version.Name,
            Description = version.Description,
            RuleType = version.RuleType,
            Condition = version.Condition,
            Action = version.Action,
            Severity = version.Severity,
            IsEnabled = true,
            UpdatedAt = version.UpdatedAt,
        };
}
