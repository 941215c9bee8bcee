using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>
/// A rule's condition (contracts.md) as the editor's controls read and write it. The JSON is the only state: what no control
/// knows stays as it is, and the controls and the JSON view are always the same thing.
/// </summary>
public sealed class ConditionForm
{
    private static readonly JsonSerializerOptions s_written = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private JsonObject _node;

    /// <summary>A condition that is no object reads as an empty one.</summary>
    public ConditionForm(JsonElement condition) =>
        _node =
            condition.ValueKind == JsonValueKind.Object
                ? JsonObject.Create(condition.Clone())!
                : [];

    /// <summary><c>kind</c>; empty when there is none.</summary>
    public string Kind => _node["kind"] is JsonValue v ? v.ToString() : string.Empty;

    /// <summary>The condition as it would be stored.</summary>
    public JsonElement ToElement() => JsonSerializer.SerializeToElement(_node);

    /// <summary>The condition as text, indented.</summary>
    public string ToJson() => _node.ToJsonString(s_written);

    /// <summary>Takes the condition from text. Returns what is wrong and where, or null; then nothing changed.</summary>
    public string? TakeJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "A condition is an object: it begins with { and ends with }.";
            }

            _node = JsonObject.Create(document.RootElement.Clone())!;
            return null;
        }
        catch (JsonException fault)
        {
            return fault.LineNumber is { } line
                ? $"Line {line + 1}, column {fault.BytePositionInLine + 1}: {Reason(fault.Message)}"
                : Reason(fault.Message);
        }
    }

    /// <summary>
    /// Turns it into another kind: what both kinds have keeps its value, the rest comes from the new kind's beginning.
    /// </summary>
    public void Become(KindChoice kind)
    {
        var next = JsonNode.Parse(kind.Beginning)!.AsObject();
        foreach (var key in next.Select(p => p.Key).Where(k => k != "kind").ToList())
        {
            if (_node[key] is { } kept && kept.GetValueKind() == next[key]!.GetValueKind())
            {
                next[key] = kept.DeepClone();
            }
        }

        _node = next;
    }

    /// <summary>The key is there and not null.</summary>
    public bool Has(string key) => _node[key] is not null;

    /// <summary>A list of words; empty when there is none.</summary>
    public IReadOnlyList<string> Words(string key) =>
        _node[key] is JsonArray list ? [.. list.Select(w => w?.ToString() ?? string.Empty)] : [];

    /// <summary>Writes a list of words; an empty one too, so that the check can ask for one. Optional lists are removed instead.</summary>
    public void SetWords(string key, IReadOnlyCollection<string> words, bool optional = false)
    {
        if (optional && words.Count == 0)
        {
            _node.Remove(key);
        }
        else
        {
            _node[key] = new JsonArray([.. words.Select(w => (JsonNode)JsonValue.Create(w))]);
        }
    }

    /// <summary>A single word or a number as text; empty when there is none. <c>period.days</c> looks inside.</summary>
    public string Text(string path)
    {
        var (parent, key) = Place(path, make: false);
        return parent?[key] switch
        {
            null => string.Empty,
            JsonValue value => value.ToString(),
            var other => other.ToJsonString(),
        };
    }

    /// <summary>Writes a word.</summary>
    public void SetWord(string path, string word)
    {
        var (parent, key) = Place(path, make: true);
        parent![key] = word;
    }

    /// <summary>Writes a number; nothing removes it; what is no number stays as it was typed, for the check to name it.</summary>
    public void SetNumber(string path, string? typed)
    {
        var text = typed?.Trim() ?? string.Empty;
        var (parent, key) = Place(path, make: true);
        if (text.Length == 0)
        {
            parent!.Remove(key);
        }
        else
        {
            parent![key] = decimal.TryParse(
                text,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture))
                : text;
        }
    }

    /// <summary>True when the flag is set.</summary>
    public bool Flag(string key) => _node[key]?.GetValueKind() == JsonValueKind.True;

    /// <summary>Writes a flag; false takes the key out.</summary>
    public void SetFlag(string key, bool on)
    {
        if (on)
        {
            _node[key] = true;
        }
        else
        {
            _node.Remove(key);
        }
    }

    /// <summary>Takes a key out.</summary>
    public void Remove(string key) => _node.Remove(key);

    /// <summary><c>period.type</c>; changing it keeps what still fits.</summary>
    public string PeriodType
    {
        get => Text("period.type");
        set
        {
            SetWord("period.type", value);
            var period = _node["period"]!.AsObject();
            foreach (var (type, key, length) in s_lengths)
            {
                if (type != value)
                {
                    period.Remove(key);
                }
                else if (period[key] is null)
                {
                    period[key] = length;
                }
            }
        }
    }

    /// <summary>The weekly windows that are objects.</summary>
    public IReadOnlyList<JsonWindow> Windows =>
        _node["windows"] is JsonArray list
            ? [.. list.OfType<JsonObject>().Select(w => new JsonWindow(w))]
            : [];

    /// <summary>Adds a window.</summary>
    public void AddWindow(WeekWindow hours) =>
        WindowList().Add((JsonNode)JsonWindow.Of(hours).Node);

    /// <summary>Takes a window out.</summary>
    public void RemoveWindow(JsonWindow window) => WindowList().Remove(window.Node);

    /// <summary>Opens or closes cells of the week; windows that stay the same keep what else they hold.</summary>
    public void Paint(WeekCells cells, bool open)
    {
        var before = Windows;
        var after = WeekPlan.Paint(
            [.. before.Select(w => w.Hours).OfType<WeekWindow>()],
            cells,
            open
        );
        var list = WindowList();
        list.Clear();
        foreach (var hours in after)
        {
            var same = before.FirstOrDefault(w => w.Hours == hours && w.Node.Parent is null);
            list.Add((JsonNode)(same ?? JsonWindow.Of(hours)).Node);
        }

        foreach (var unread in before.Where(w => w.Hours is null))
        {
            list.Add((JsonNode)unread.Node);
        }
    }

    private static readonly (string Type, string Key, int Length)[] s_lengths =
    [
        ("calendar_days", "days", 7),
        ("rolling_hours", "hours", 24),
    ];

    private JsonArray WindowList()
    {
        if (_node["windows"] is JsonArray list)
        {
            return list;
        }

        var made = new JsonArray();
        _node["windows"] = made;
        return made;
    }

    private (JsonObject? Parent, string Key) Place(string path, bool make)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return (_node, path);
        }

        var outer = path[..dot];
        if (make && _node[outer] is not JsonObject)
        {
            _node[outer] = new JsonObject();
        }

        return (_node[outer] as JsonObject, path[(dot + 1)..]);
    }

    /// <summary>The parser's sentence without its own coordinates, which count from 0.</summary>
    private static string Reason(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
