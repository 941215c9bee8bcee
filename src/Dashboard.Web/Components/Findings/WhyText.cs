using System.Globalization;
using System.Text;
using Dashboard.Domain.Compliance;

namespace Dashboard.Web.Components.Findings;

/// <summary>The evidence as plain text, e.g. for a regulator's letter: complete, in the order of the panel.</summary>
public static class WhyText
{
    /// <summary>Said wherever legal sources are shown.</summary>
    public const string Disclaimer = "Sources are the result of research and are not legal advice.";

    /// <summary>The text, lines separated by \n.</summary>
    public static string Of(WhyEvidence why)
    {
        var text = new StringBuilder();
        text.Append(why.Subject).Append('\n').Append(why.Headline).Append('\n');
        text.Append("Judged for: ").Append(Instant(why.At, why.Zone)).Append('\n');
        text.AppendJoin("", why.Approvals.Select(a => $"{a}\n"));
        Facts(text, "What was known of the customer", why.Facts);
        Rules(text, "What stood in the way", why.Raised);
        Rules(text, "What allowed it", why.Passed);
        if (why.IsPartial)
        {
            text.Append("\nOnly the rules that did not allow it are kept with a refusal.\n");
        }

        Rules(text, "In shadow: looked at, did not act", why.Shadow);
        if (why.HasCitations)
        {
            text.Append('\n').Append(Disclaimer).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What a verdict is called: "stops", "passes".</summary>
    /// <param name="rule">The rule's part.</param>
    /// <param name="shadow">It did not act.</param>
    public static string Verdict(WhyRule rule, bool shadow = false) =>
        (rule.Line.Verdict, shadow) switch
        {
            (GateVerdict.Allowed, true) => "would have allowed it",
            (GateVerdict.Allowed, _) => "passes",
            (GateVerdict.AllowedWithWarning, true) => "would have warned",
            (GateVerdict.AllowedWithWarning, _) => "warns",
            (GateVerdict.RequiresApproval, true) => "would have asked for approval",
            (GateVerdict.RequiresApproval, _) => rule.LiftedBy is { } who
                ? $"approved by {who}"
                : "needs approval",
            (GateVerdict.Escalate, true) => "would have handed it to a person",
            (GateVerdict.Escalate, _) => "goes to a person",
            (_, true) => "would have stopped it",
            _ when rule.Line.NextAllowedAt is not null => "not now",
            _ => "stops",
        };

    /// <summary>"version 3 of 2 Jun 2026, 10:15 UTC".</summary>
    public static string? Version(WhyRule rule) =>
        (rule.Version, rule.VersionAt) switch
        {
            ({ } number, { } at) => $"version {number} of {Times.Absolute(at, null)}",
            (null, { } at) => $"version of {Times.Absolute(at, null)}, not kept",
            _ => null,
        };

    /// <summary>The instant by the customer's clock and in UTC.</summary>
    public static string Instant(DateTime utc, string? zone) =>
        Times.ZoneName(zone) == "UTC"
            ? Times.Absolute(utc, null)
            : $"{Times.Absolute(utc, zone)} ({zone}), {Times.Absolute(utc, null)}";

    private static void Facts(StringBuilder text, string title, IReadOnlyList<WhyFact> facts)
    {
        if (facts.Count > 0)
        {
            text.Append('\n').Append(title).Append('\n');
            text.AppendJoin("", facts.Select(f => $"  {f.Label}: {f.Value}\n"));
        }
    }

    private static void Rules(StringBuilder text, string title, IEnumerable<WhyRule> rules)
    {
        var list = rules.ToList();
        if (list.Count == 0)
        {
            return;
        }

        text.Append('\n').Append(title).Append('\n');
        foreach (var rule in list)
        {
            var shadow = title.StartsWith("In shadow", StringComparison.Ordinal);
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {rule.Line.Rule}: {Verdict(rule, shadow)}. {rule.Line.Explanation}\n"
            );
            Line(text, "The rule", rule.Says);
            Line(text, "Source", rule.Citation);
            Line(text, "Rule id", rule.RuleId?.ToString());
            Line(text, "Applied", Version(rule));
            text.AppendJoin("", rule.Seen.Select(f => $"    {f.Label}: {f.Value}\n"));
        }
    }

    private static void Line(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {label}: {value}\n");
        }
    }
}
