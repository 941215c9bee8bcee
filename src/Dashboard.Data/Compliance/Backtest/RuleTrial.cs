using System.Text.Json;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>
/// One rule by itself, asked about many past contacts. A rule that lets messages through in spite of an opt-out says nothing of
/// its own: it is heard through the opt-out's finding, beside the other rules of that sort.
/// </summary>
internal sealed class RuleTrial
{
    /// <summary>The built-in finding that such rules change.</summary>
    public const string OptOut = "opt_out";

    private static readonly HashSet<string> s_allowances = new(StringComparer.Ordinal)
    {
        "optout_confirmation",
        "respond_once",
    };

    // These look at the clock and at the customer's facts, never at earlier contacts.
    private static readonly HashSet<string> s_withoutHistory = new(StringComparer.Ordinal)
    {
        "time_window",
        "channel_block",
        "consent_required",
        "notice_hold",
        "preferred_window",
    };

    private readonly RuleSet _rules;
    private readonly Guid? _rule;
    private readonly bool _optOuts;
    private readonly bool[] _concerns;

    private RuleTrial(ComplianceRule? rule, bool optOuts, IReadOnlyList<ComplianceRule> besides)
    {
        _optOuts = optOuts;
        ComplianceRule[] all = [.. optOuts ? besides : [], .. rule is null ? [] : new[] { rule }];
        _rules = RuleSet.Compile(all);
        _rule = rule?.Id;
        LookBack = all.Any(r => !s_withoutHistory.Contains(Kind(r)))
            ? RuleHorizon.Of(all)
            : TimeSpan.Zero;
        _concerns =
        [
            .. Enum.GetValues<Channel>()
                .Select(c => optOuts || (rule is not null && Concerns(rule, c))),
        ];
    }

    /// <summary>Earlier contacts than this decide nothing.</summary>
    public TimeSpan LookBack { get; }

    /// <summary>The rule, acting.</summary>
    /// <param name="rule">Null = no rule: what was before a new one, or while one was off.</param>
    /// <param name="optOuts">The opt-out's finding counts too.</param>
    /// <param name="besides">Other rules that let messages through in spite of an opt-out.</param>
    public static RuleTrial Of(
        ComplianceRule? rule,
        bool optOuts,
        IReadOnlyList<ComplianceRule> besides
    ) => new(rule, optOuts, besides);

    /// <summary>The rule is of the sort that is heard through the opt-out's finding.</summary>
    public static bool IsAllowance(ComplianceRule rule) => s_allowances.Contains(Kind(rule));

    /// <summary>What it says; null when it has nothing against the contact.</summary>
    public Finding? Judge(ContactFacts facts, ContactRequest request)
    {
        if (!_concerns[(int)request.Channel])
        {
            return null;
        }

        Finding? hardest = null;
        foreach (var finding in ComplianceGate.Evaluate(facts, _rules, request).Findings)
        {
            if (
                finding.Verdict > (hardest?.Verdict ?? GateVerdict.Allowed)
                && (
                    (finding.RuleId is { } id && id == _rule)
                    || finding.Rule == "gate_failure"
                    || (_optOuts && finding.Rule == OptOut)
                )
            )
            {
                hardest = finding;
            }
        }

        return hardest;
    }

    private static string Kind(ComplianceRule rule) =>
        rule.Condition.ValueKind == JsonValueKind.Object
        && rule.Condition.TryGetProperty("kind", out var kind)
            ? kind.ToString()
            : string.Empty;

    // A rule without readable channels is about all of them, as one that is broken is.
    private static bool Concerns(ComplianceRule rule, Channel channel) =>
        RuleSet.Check(rule).Count > 0
        || !rule.Condition.TryGetProperty("channels", out var channels)
        || channels.ValueKind != JsonValueKind.Array
        || channels
            .EnumerateArray()
            .Any(c => c.ToString() is "any" || c.ToString() == channel.ToText());
}
