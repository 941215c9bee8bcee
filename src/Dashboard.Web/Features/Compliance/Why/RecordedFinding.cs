using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Web.Components.Findings;

namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>A finding of a clearance, a task's gate or a refusal, or one just made.</summary>
/// <param name="Line">Name, verdict, sentence.</param>
/// <param name="RuleId">Null for what is built in.</param>
/// <param name="Version">The rule's <c>updated_at</c>, UTC.</param>
/// <param name="Action">What the rule does when it does not hold.</param>
/// <param name="Facts">What it saw, as the gate writes it.</param>
internal sealed record RecordedFinding(
    FindingLine Line,
    Guid? RuleId,
    DateTime? Version,
    RuleAction? Action,
    IReadOnlyDictionary<string, string> Facts
)
{
    /// <summary>Reads a list; what is no list is an empty one. One that cannot be read counts as blocking.</summary>
    public static IReadOnlyList<RecordedFinding> From(JsonElement? findings) =>
        findings is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(Read)]
            : [];

    /// <summary>The same of a decision in memory.</summary>
    public static IReadOnlyList<RecordedFinding> From(IEnumerable<Finding> findings) =>
        [
            .. findings.Select(f => new RecordedFinding(
                FindingLine.Of(f),
                f.RuleId,
                f.RuleVersion,
                f.Action,
                f.Facts
            )),
        ];

    private static RecordedFinding Read(JsonElement finding) =>
        new(
            FindingLine.Read(finding),
            Guid.TryParse(Text(finding, "rule_id"), out var id) ? id : null,
            JsonText.Instant(Text(finding, "rule_version")),
            EnumText.TryParse<RuleAction>(Text(finding, "action"), out var action) ? action : null,
            FactsOf(finding)
        );

    private static Dictionary<string, string> FactsOf(JsonElement finding) =>
        finding.ValueKind == JsonValueKind.Object
        && finding.TryGetProperty("facts", out var facts)
        && facts.ValueKind == JsonValueKind.Object
            ? facts
                .EnumerateObject()
                .ToDictionary(
                    f => f.Name,
                    f =>
                        f.Value.ValueKind == JsonValueKind.String
                            ? f.Value.GetString()!
                            : f.Value.GetRawText(),
                    StringComparer.Ordinal
                )
            : new Dictionary<string, string>(StringComparer.Ordinal);

    private static string? Text(JsonElement finding, string key) => JsonText.Of(finding, key);
}

/// <summary>Reads single keys of documents that may be older than this version.</summary>
internal static class JsonText
{
    /// <summary>The text of a key; null when there is none.</summary>
    public static string? Of(JsonElement? document, string key) =>
        document is { ValueKind: JsonValueKind.Object } known
        && known.TryGetProperty(key, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The value of a key; null when there is none.</summary>
    public static JsonElement? At(JsonElement? document, string key) =>
        document is { ValueKind: JsonValueKind.Object } known
        && known.TryGetProperty(key, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>The texts of a list.</summary>
    public static IReadOnlyList<string> List(JsonElement? document, string key) =>
        At(document, key) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(e => e.ToString())]
            : [];

    /// <summary>A whole number; null when there is none.</summary>
    public static int? Number(JsonElement? document, string key) =>
        At(document, key) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetInt32(out var value)
            ? value
            : null;

    /// <summary>UTC; what is no instant is null.</summary>
    public static DateTime? Instant(string? text) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;
}
