using Dashboard.Domain.Compliance;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Domain.Tests.Compliance;

/// <summary>What must hold for every case (FsCheck; a failure prints the case and the seed).</summary>
public sealed class GatePropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void The_next_allowed_instant_is_the_first_one_that_is_not_blocked() =>
        Verify(
            Scenarios.Any,
            scenario =>
            {
                var decision = scenario.Evaluate();
                if (decision.Verdict != GateVerdict.Blocked)
                {
                    return decision.NextAllowedAt is null;
                }
                return decision.NextAllowedAt is { } next
                    ? !IsBlocked(scenario, next)
                        && IsBlocked(scenario, next.AddTicks(-1))
                        && Between(scenario.Request.At, next).All(at => IsBlocked(scenario, at))
                    : Between(scenario.Request.At, scenario.Request.At.AddDays(90))
                        .All(at => IsBlocked(scenario, at));
            }
        );

    [Fact]
    public void Each_finding_clears_exactly_when_it_says() =>
        Verify(
            Scenarios.Any,
            scenario =>
                scenario
                    .Evaluate()
                    .Findings.Select((finding, i) => (finding, i))
                    .Where(f => f.finding.NextAllowedAt is not null)
                    .All(f =>
                    {
                        var next = f.finding.NextAllowedAt!.Value;
                        return VerdictAt(scenario, f.i, next) == GateVerdict.Allowed
                            && VerdictAt(scenario, f.i, next.AddTicks(-1)) != GateVerdict.Allowed;
                    })
        );

    [Fact]
    public void More_history_never_loosens_a_rule_that_counts() =>
        Verify(
            Scenarios.Counting.SelectMany(s => Scenarios.Contact.Select(c => (s, c))),
            pair =>
            {
                var (scenario, contact) = pair;
                var more = scenario with
                {
                    Facts = scenario.Facts with { History = [.. scenario.Facts.History, contact] },
                };
                var (before, after) = (scenario.Evaluate(), more.Evaluate());
                return after.Verdict >= before.Verdict
                    && (
                        before.Verdict != GateVerdict.Blocked
                        || (after.NextAllowedAt ?? DateTime.MaxValue)
                            >= (before.NextAllowedAt ?? DateTime.MaxValue)
                    );
            }
        );

    [Fact]
    public void The_order_of_rules_and_history_does_not_matter() =>
        Verify(
            Scenarios.Any,
            scenario =>
            {
                var turned = scenario with
                {
                    Rules = [.. scenario.Rules.Reverse()],
                    Facts = scenario.Facts with { History = [.. scenario.Facts.History.Reverse()] },
                };
                var (a, b) = (scenario.Evaluate(), turned.Evaluate());
                return (a.Verdict, a.NextAllowedAt, a.Binding?.Rule)
                        == (b.Verdict, b.NextAllowedAt, b.Binding?.Rule)
                    && a.Findings.OrderBy(f => f.Rule, StringComparer.Ordinal)
                        .SequenceEqual(b.Findings.OrderBy(f => f.Rule, StringComparer.Ordinal));
            }
        );

    private static void Verify<T>(Gen<T> cases, Func<T, bool> holds) =>
        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), holds));

    private static bool IsBlocked(Scenario scenario, DateTime at) =>
        scenario.Evaluate(at).Verdict == GateVerdict.Blocked;

    private static GateVerdict VerdictAt(Scenario scenario, int finding, DateTime at) =>
        scenario.Evaluate(at).Findings[finding].Verdict;

    private static IEnumerable<DateTime> Between(DateTime from, DateTime to) =>
        Enumerable.Range(1, 9).Select(i => from + (to - from) * (i / 10.0));
}
