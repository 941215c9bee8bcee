using System.Text.Json;

namespace Dashboard.Web.Components.Audit;

/// <summary>Audit rows in words.</summary>
public static class AuditWording
{
    private const int LongestValue = 60;

    /// <summary>"Status from pending to cancelled", "Refused", "Created".</summary>
    public static string What(string action, JsonElement? changes)
    {
        if (action == "refused" || changes is not { ValueKind: JsonValueKind.Object } columns)
        {
            return Capital(action.Replace('_', ' '));
        }

        var parts = columns
            .EnumerateObject()
            .Where(c => c.Name is not "updated_at" and not "context" and not "metadata")
            .Select(c => Column(c.Name, c.Value, action == "created"))
            .ToList();
        return parts.Count switch
        {
            0 => Capital(action.Replace('_', ' ')),
            <= 3 when action is "updated" or "status_changed" => Capital(string.Join(", ", parts)),
            <= 3 when action != "created" =>
                $"{Capital(action.Replace('_', ' '))}: {string.Join(", ", parts)}",
            _ => Capital(action.Replace('_', ' ')),
        };
    }

    /// <summary>Column → before and after, as text; empty when the row has none.</summary>
    public static IReadOnlyList<(string Column, string Before, string After)> Columns(
        JsonElement? changes
    ) =>
        changes is { ValueKind: JsonValueKind.Object } columns
            ?
            [
                .. columns
                    .EnumerateObject()
                    .Where(c => c.Name != "updated_at")
                    .Select(c =>
                        (
                            Capital(c.Name.Replace('_', ' ')),
                            Part(c.Value, "before"),
                            Part(c.Value, "after")
                        )
                    ),
            ]
            : [];

    /// <summary>The reason in an audit row's metadata.</summary>
    public static string? Why(JsonElement? metadata) =>
        metadata is { ValueKind: JsonValueKind.Object } document
        && document.TryGetProperty("reason", out var reason)
        && reason.ValueKind == JsonValueKind.String
            ? reason.GetString()
            : null;

    private static string Column(string name, JsonElement change, bool created)
    {
        var words = name.EndsWith("_id", StringComparison.Ordinal) ? name[..^3] : name;
        words = words.Replace('_', ' ');
        return
            created
            || name.EndsWith("_id", StringComparison.Ordinal)
            || IsDocument(change, "before")
            || IsDocument(change, "after")
            ? $"{words} changed"
            : $"{words} from {Part(change, "before")} to {Part(change, "after")}";
    }

    /// <summary>A document says nothing in half a line; the event's panel shows it.</summary>
    private static bool IsDocument(JsonElement change, string key) =>
        change.ValueKind == JsonValueKind.Object
        && change.TryGetProperty(key, out var value)
        && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static string Part(JsonElement change, string key)
    {
        if (change.ValueKind != JsonValueKind.Object || !change.TryGetProperty(key, out var value))
        {
            return "nothing";
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
            // Instants are UTC in the database; dates alone are not touched.
            JsonValueKind.String
                when value.GetString()!.Contains('T') && value.TryGetDateTime(out var at) =>
                $"{at.ToString("d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture)} UTC",
            JsonValueKind.String => value.GetString()!.Replace('_', ' '),
            _ => value.GetRawText(),
        };
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }

    private static string Capital(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
