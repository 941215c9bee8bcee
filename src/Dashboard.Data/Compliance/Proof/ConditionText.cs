using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>
/// The values of a stored condition (contracts.md, compliance_rules). Whatever is missing or wrong throws
/// <see cref="FormatException"/>: the rule then forbids everything.
/// </summary>
internal sealed class ConditionText(JsonElement condition)
{
    private const double MostMinutes = 10 * 366 * 24 * 60;
    private const int MostCount = 100_000;

    private static readonly Dictionary<string, DayOfWeek> DayWords = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    };

    internal bool Has(string key) => Find(key) is not null;

    internal string Word(string key) =>
        Find(key) is { ValueKind: JsonValueKind.String } value
            ? value.GetString()!
            : throw Bad(key, "is not a word");

    internal bool Yes(string key) =>
        Find(key)?.ValueKind switch
        {
            null or JsonValueKind.False => false,
            JsonValueKind.True => true,
            _ => throw Bad(key, "is neither true nor false"),
        };

    internal int Count(string key, int least) =>
        Find(key) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetInt32(out var number)
        && number >= least
        && number <= MostCount
            ? number
            : throw Bad(key, "is not a usable whole number");

    internal double Amount(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Number } value
        && value.GetDouble() is > 0 and <= MostMinutes and var number
            ? number
            : throw Bad(key, "is not a usable number");

    /// <summary>A predicate over channels; <c>any</c> means each of them.</summary>
    internal Func<Channel, bool> Channels(string key)
    {
        var words = Words(key);
        var named = words
            .Where(w => w != "any")
            .Select(w =>
                EnumText.TryParse<Channel>(w, out var c) ? c : throw Bad(key, $"names '{w}'")
            )
            .ToHashSet();
        return words.Contains("any") ? _ => true : named.Contains;
    }

    internal HashSet<ContactStatus> Statuses(string key) =>
        [
            .. Words(key)
                .Select(w =>
                    EnumText.TryParse<ContactStatus>(w, out var s)
                        ? s
                        : throw Bad(key, $"names '{w}'")
                ),
        ];

    /// <summary>True for <c>debt</c>, false for <c>customer</c>.</summary>
    internal bool EachInvoice(string key) =>
        Word(key) switch
        {
            "debt" => true,
            "customer" => false,
            var other => throw Bad(key, $"is '{other}'"),
        };

    internal ConditionText Inner(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Object } inner
            ? new ConditionText(inner)
            : throw Bad(key, "is not an object");

    internal List<Window> Windows(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            throw Bad(key, "holds no window");
        }

        return [.. list.EnumerateArray().Select(item => ReadWindow(key, item))];
    }

    internal HashSet<DateOnly> Dates(string key)
    {
        if (
            Find(key) is not { } value
            || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
        )
        {
            return [];
        }

        return
        [
            .. Words(key)
                .Select(text =>
                    DateOnly.TryParseExact(
                        text,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var date
                    )
                        ? date
                        : throw Bad(key, $"holds '{text}'")
                ),
        ];
    }

    internal List<Place> Places(string key) =>
        Has(key)
            ? [.. Words(key).Select(n => Place.Named(n) ?? throw Bad(key, $"names '{n}'"))]
            : [];

    private static Window ReadWindow(string key, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw Bad(key, "holds something that is no window");
        }

        var text = new ConditionText(item);
        var days = text.Has("days")
            ? text.Words("days")
                .Select(d =>
                    DayWords.TryGetValue(d, out var day) ? day : throw Bad(key, $"names '{d}'")
                )
                .ToArray()
            : Hours.EveryDay;
        var window = new Window(days, Time(text.Word("start")), Time(text.Word("end")));
        return window.Start == window.End || window.Start == TimeSpan.FromDays(1)
            ? throw Bad(key, "holds an empty window")
            : window;
    }

    private static TimeSpan Time(string text) =>
        text == "24:00" ? TimeSpan.FromDays(1)
        : TimeOnly.TryParseExact(
            text,
            ["HH:mm", "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time.ToTimeSpan()
        : throw new FormatException($"'{text}' is not a time");

    private List<string> Words(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            throw Bad(key, "is not a list with something in it");
        }

        return
        [
            .. list.EnumerateArray()
                .Select(e =>
                    e.ValueKind == JsonValueKind.String
                        ? e.GetString()!
                        : throw Bad(key, "holds something that is no word")
                ),
        ];
    }

    private JsonElement? Find(string key) =>
        condition.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static FormatException Bad(string key, string what) => new($"{key} {what}");
}
