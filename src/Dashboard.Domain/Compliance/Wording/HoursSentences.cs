using System.Globalization;
using System.Text.Json;

namespace Dashboard.Domain.Compliance.Wording;

/// <summary>Rules about the clock and the calendar.</summary>
internal static class HoursSentences
{
    private const int MostDates = 4;
    private static readonly string[] Keys = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string[] Names =
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];

    internal static string Window(ConditionText text, RuleAction action)
    {
        var channels = Phrases.Plural(text.Channels("channels", "the channels it is about"));
        var sentence =
            $"{channels} only {Windows(text)} at the customer{Closed(text)}; {Phrases.Otherwise(action)}.";
        var zones = text.List("fallback_zones");
        return zones.Count == 0
            ? sentence
            : $"{sentence} For a customer without a known time zone the hours must hold in {Phrases.Join(zones)}.";
    }

    internal static string Preferred(ConditionText text, RuleAction action)
    {
        var channels = text.Find("channels") is null
            ? ChannelSet.Any
            : text.Channels("channels", "the channels it is about");
        return $"{Phrases.Plural(channels)} only in the hours the customer asked for; {Phrases.Otherwise(action)}.";
    }

    internal static string NoticeHold(ConditionText text, RuleAction action)
    {
        var channels = text.Channels("channels", "the channels it is about");
        var days = ConditionText.Count(text.Number("days", "how many days to wait"), "day");
        return $"No {Phrases.Plural(channels)} until {days} after the date of the written notice, and none without a notice; "
            + $"before then a {Phrases.Singular(channels)} {Phrases.Verb(action)}.".Replace(
                "a e-mail",
                "an e-mail",
                StringComparison.Ordinal
            );
    }

    /// <summary>"Monday to Friday 09:00–18:00 and Saturday 10:00–14:00".</summary>
    internal static string Windows(ConditionText text)
    {
        if (
            text.Find("windows") is not { ValueKind: JsonValueKind.Array } windows
            || windows.GetArrayLength() == 0
        )
        {
            text.Miss("the hours");
            return ConditionText.Gap;
        }
        var groups = windows
            .EnumerateArray()
            .Select(w => (Days: Days(w, text), Hours: Hours(w, text)))
            .GroupBy(w => w.Days, StringComparer.Ordinal)
            .Select(g =>
                (
                    Text: $"{g.Key} {Phrases.Join([.. g.Select(w => w.Hours)])}",
                    Many: g.Skip(1).Any()
                )
            )
            .ToList();
        return groups.Exists(g => g.Many)
            ? string.Join(", ", groups.Select(g => g.Text))
            : Phrases.Join([.. groups.Select(g => g.Text)]);
    }

    private static string Hours(JsonElement window, ConditionText text)
    {
        var start = Time(window, "start", "when a window begins", text);
        var end = Time(window, "end", "when a window ends", text);
        return (start, end) switch
        {
            ("00:00", "24:00") => "all day",
            _ when start is not ConditionText.Gap
                    && end is not ConditionText.Gap
                    && string.CompareOrdinal(end, start) < 0 => $"{start}–{end} the next day",
            _ => $"{start}–{end}",
        };
    }

    private static string Time(JsonElement window, string key, string what, ConditionText text)
    {
        if (
            ConditionText.Find(window, key) is { ValueKind: JsonValueKind.String } value
            && value.GetString() is { Length: > 0 } time
        )
        {
            return time;
        }
        text.Miss(what);
        return ConditionText.Gap;
    }

    private static string Days(JsonElement window, ConditionText text)
    {
        if (ConditionText.Find(window, "days") is not { } days)
        {
            return "every day";
        }
        var chosen = ConditionText
            .List(days)
            .Select(d =>
                Array.FindIndex(Keys, k => k.Equals(d, StringComparison.OrdinalIgnoreCase))
            )
            .Where(i => i >= 0)
            .Distinct()
            .Order()
            .ToList();
        if (chosen.Count == 0)
        {
            text.Miss("the days of a window");
            return ConditionText.Gap;
        }
        return chosen.Count == Keys.Length ? "every day" : Phrases.Join(Runs(chosen));
    }

    // Three or more in a row are "Monday to Friday".
    private static List<string> Runs(List<int> days)
    {
        var parts = new List<string>();
        for (var i = 0; i < days.Count; )
        {
            var last = i;
            while (last + 1 < days.Count && days[last + 1] == days[last] + 1)
            {
                last++;
            }
            if (last - i >= 2)
            {
                parts.Add($"{Names[days[i]]} to {Names[days[last]]}");
            }
            else
            {
                parts.AddRange(days[i..(last + 1)].Select(d => Names[d]));
            }
            i = last + 1;
        }
        return parts;
    }

    private static string Closed(ConditionText text)
    {
        var dates = text.List("closed_dates");
        if (dates.Count == 0)
        {
            return "";
        }
        var said = dates.Select(Date).ToList();
        return said.Count <= MostDates
            ? $", not on {Phrases.Join(said, "or")}"
            : $", not on {said.Count} closed dates from {Date(dates.Min(StringComparer.Ordinal)!)} to {Date(dates.Max(StringComparer.Ordinal)!)}";
    }

    private static string Date(string text) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
            : text;
}
