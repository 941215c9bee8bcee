using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Web.Components.Findings;

/// <summary>One rule's verdict as a page shows it.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Explanation">The sentence with the numbers.</param>
/// <param name="NextAllowedAt">UTC; when this rule alone would allow.</param>
public sealed record FindingLine(
    string Rule,
    GateVerdict Verdict,
    string Explanation,
    DateTime? NextAllowedAt
)
{
    /// <summary>
    /// Reads findings out of a task's gate or a contact's clearance, the ones that stop first. A finding that cannot be
    /// read counts as blocking, as everywhere in the gate.
    /// </summary>
    public static IReadOnlyList<FindingLine> From(JsonElement? findings) =>
        findings is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(Read).OrderByDescending(f => f.Verdict)]
            : [];

    /// <summary>The same from a decision in memory.</summary>
    public static IReadOnlyList<FindingLine> From(IEnumerable<Finding> findings) =>
        [.. findings.Select(Of).OrderByDescending(f => f.Verdict)];

    /// <summary>One finding in memory.</summary>
    public static FindingLine Of(Finding finding) =>
        new(Name(finding.Rule), finding.Verdict, finding.Explanation, finding.NextAllowedAt);

    /// <summary>One finding as it was kept.</summary>
    public static FindingLine Read(JsonElement finding) =>
        new(
            Name(Text(finding, "rule") ?? "unnamed rule"),
            EnumText.TryParse<GateVerdict>(Text(finding, "verdict"), out var verdict)
                ? verdict
                : GateVerdict.Blocked,
            Text(finding, "explanation") ?? "No explanation was recorded.",
            DateTime.TryParse(
                Text(finding, "next_allowed_at"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
                out var next
            )
                ? next
                : null
        );

    /// <summary>What is built in has a word for a name; rules have the name people gave them.</summary>
    public static string Name(string rule) =>
        rule == "opt_out" ? "Opt-out"
        : rule == "customer_time_zone" ? "Time zone not known"
        : rule.Contains(' ') ? rule
        : char.ToUpperInvariant(rule[0]) + rule[1..].Replace('_', ' ');

    private static string? Text(JsonElement finding, string key) =>
        finding.ValueKind == JsonValueKind.Object
        && finding.TryGetProperty(key, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
