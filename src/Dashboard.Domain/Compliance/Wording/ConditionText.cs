using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Compliance.Wording;

/// <summary>
/// Reads what there is of a condition for a sentence: what is not there, or cannot be read, becomes a gap that is named.
/// Never throws, whatever the JSON holds.
/// </summary>
internal sealed class ConditionText(JsonElement condition)
{
    internal const string Gap = "…";

    private readonly List<string> _missing = [];

    /// <summary>The gaps so far, in words.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    /// <summary>Null without a fault when it is missing.</summary>
    internal string? Word(string key) =>
        Find(key) is { ValueKind: JsonValueKind.String } value
        && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()
            : null;

    internal JsonElement? Find(string key) => Find(condition, key);

    internal static JsonElement? Find(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(key, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    internal bool IsSet(string key) => Find(key)?.ValueKind == JsonValueKind.True;

    /// <summary>The number, or null and a gap called <paramref name="what"/>.</summary>
    internal double? Number(JsonElement? value, string what)
    {
        if (
            value is { ValueKind: JsonValueKind.Number } number
            && number.TryGetDouble(out var parsed)
        )
        {
            return parsed;
        }
        Miss(what);
        return null;
    }

    internal double? Number(string key, string what) => Number(Find(key), what);

    /// <summary>The words of a list; empty when there is none.</summary>
    internal static List<string> List(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(e => e.ToString())]
            : [];

    internal List<string> List(string key) => List(Find(key));

    /// <summary>The channels that are named and known; none leaves a gap.</summary>
    internal ChannelSet Channels(string key, string what)
    {
        var set = default(ChannelSet);
        foreach (var word in List(key))
        {
            set =
                word == "any" ? ChannelSet.Any
                : EnumText.TryParse<Channel>(word, out var channel) ? set.With(channel)
                : set;
        }
        if (set.Bits == 0)
        {
            Miss(what);
        }
        return set;
    }

    internal void Miss(string what) => _missing.Add(what);

    /// <summary>"7 days", "1 day", "… days".</summary>
    internal static string Count(double? number, string one, string many) =>
        number is { } n
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{n:#,0.##} {(Math.Abs(n - 1) < 0.005 ? one : many)}"
            )
            : $"{Gap} {many}";

    internal static string Count(double? number, string unit) => Count(number, unit, unit + "s");
}
