using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dashboard.Web.Features.Audit;

/// <summary>What became of a line of a document.</summary>
public enum DiffMark
{
    /// <summary>It is in both.</summary>
    Same,

    /// <summary>It was only before.</summary>
    Removed,

    /// <summary>It is only after.</summary>
    Added,
}

/// <summary>A line of a document's difference.</summary>
public sealed record DiffLine(DiffMark Mark, string Text);

/// <summary>What changed in one column.</summary>
/// <param name="Title">Its name in words.</param>
/// <param name="Before">A plain value; null when there was none or it is a document.</param>
/// <param name="After">As <paramref name="Before"/>.</param>
/// <param name="Lines">A document's difference; null for plain values.</param>
public sealed record ColumnDiff(
    string Title,
    string? Before,
    string? After,
    IReadOnlyList<DiffLine>? Lines
);

/// <summary>JSON of audit rows for reading.</summary>
public static class AuditJson
{
    private static readonly JsonSerializerOptions s_pretty = new()
    {
        WriteIndented = true,
        // It is text in a page and no markup: Razor encodes it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Indented.</summary>
    public static string Pretty(JsonElement json) => JsonSerializer.Serialize(json, s_pretty);

    /// <summary>Column by column what changed; empty when the event has no changes.</summary>
    public static IReadOnlyList<ColumnDiff> Columns(JsonElement? changes) =>
        changes is { ValueKind: JsonValueKind.Object } columns
            ? [.. columns.EnumerateObject().Select(Column)]
            : [];

    private static ColumnDiff Column(JsonProperty column)
    {
        var title = AuditEventWording.Capital(column.Name);
        var isChange = column.Value.ValueKind == JsonValueKind.Object;
        var before = isChange ? Part(column.Value, "before") : null;
        var after = isChange ? Part(column.Value, "after") : column.Value;
        if (IsDocument(before) || IsDocument(after))
        {
            return new ColumnDiff(title, null, null, Lines(before, after));
        }

        return new ColumnDiff(title, Plain(before), Plain(after), null);
    }

    private static JsonElement? Part(JsonElement change, string key) =>
        change.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static bool IsDocument(JsonElement? value) =>
        value?.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static string? Plain(JsonElement? value) =>
        value is { } given
            ? given.ValueKind == JsonValueKind.String
                ? given.GetString()
                : given.GetRawText()
            : null;

    /// <summary>The longest common lines stay, the others went out or came in.</summary>
    private static List<DiffLine> Lines(JsonElement? before, JsonElement? after)
    {
        var old = Split(before);
        var now = Split(after);
        var common = CommonLengths(old, now);
        var lines = new List<DiffLine>();
        var (i, j) = (0, 0);
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                lines.Add(new DiffLine(DiffMark.Same, old[i++]));
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new DiffLine(DiffMark.Removed, old[i++]));
            }
            else
            {
                lines.Add(new DiffLine(DiffMark.Added, now[j++]));
            }
        }

        return lines;
    }

    private static int[,] CommonLengths(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] =
                    old[i] == now[j]
                        ? common[i + 1, j + 1] + 1
                        : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static string[] Split(JsonElement? value) =>
        value is { } given
            ? [.. Pretty(given).Split('\n').Select(l => l.TrimEnd('\r')).Take(MostLines)]
            : [];

    // Documents of the product are short; a pasted one must not hold up the page.
    private const int MostLines = 500;
}
