using Dashboard.Domain.Compliance.BuiltIn;
using Dashboard.Domain.Compliance.Kinds;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;

namespace Dashboard.Domain.Compliance;

/// <summary>A rule that cannot be read, and why.</summary>
public sealed record BrokenRuleInfo(Guid RuleId, string Name, IReadOnlyList<Error> Faults);

/// <summary>
/// Rules made ready for many evaluations; immutable, safe to share between threads. What is built in (opt-outs,
/// do-not-contact, contact restrictions, the customer's preferred hours) is always part of it.
/// </summary>
public sealed partial class RuleSet
{
    private static readonly GateRule[] BuiltIns =
    [
        new DoNotContactCheck(),
        new OptOutCheck(),
        new ContactRestrictionsCheck(),
        new PreferredWindowRule(RuleHead.BuiltIn("preferred_window"), ChannelSet.Any),
    ];

    // Made when first asked for; whichever thread comes first, they are the same.
    private readonly GateRule[]?[] _blocking = new GateRule[Enum.GetValues<Channel>().Length][];

    private RuleSet(GateRule[] rules)
    {
        All = rules;
        Allowances = [.. rules.OfType<OptOutAllowance>()];
        Broken =
        [
            .. rules
                .OfType<BrokenRule>()
                .Select(r => new BrokenRuleInfo(r.Head.Id!.Value, r.Head.Name, r.Faults)),
        ];
    }

    /// <summary>No rules beside what is built in.</summary>
    public static RuleSet Empty { get; } = new(BuiltIns);

    /// <summary>Every kind of condition that is known, as contracts.md spells them.</summary>
    public static IReadOnlyCollection<string> KnownKinds => RuleCompiler.KnownKinds;

    /// <summary>Rules that cannot be read; while there is one, nobody is contacted.</summary>
    public IReadOnlyList<BrokenRuleInfo> Broken { get; }

    /// <summary>What is built in, then the rules.</summary>
    internal GateRule[] All { get; }

    /// <summary>Rules that let a message through in spite of an opt-out.</summary>
    internal OptOutAllowance[] Allowances { get; }

    /// <summary>The rules that can block a contact on a channel, in their order.</summary>
    internal GateRule[] Blocking(Channel channel) =>
        _blocking[(int)channel] ??= [
            .. All.Where(r =>
                r.Head.Verdict == GateVerdict.Blocked && r.Channels.Contains(channel)
            ),
        ];

    /// <summary>
    /// Reads the enabled rules, in their order. One that cannot be read stays in the set as one that blocks everything.
    /// </summary>
    public static RuleSet Compile(IEnumerable<ComplianceRule> rules) =>
        new([.. BuiltIns, .. rules.Where(r => r.IsEnabled != false).Select(RuleCompiler.Compile)]);

    /// <summary>What is wrong with a rule, each fault with its field (<c>condition.windows[0].start</c>); empty when it can be used.</summary>
    public static IReadOnlyList<Error> Check(ComplianceRule rule) => RuleCompiler.Read(rule).Faults;
}
