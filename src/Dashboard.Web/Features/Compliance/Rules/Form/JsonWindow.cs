using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>One of a rule's weekly windows (contracts.md, <c>windows: [{days?, start, end}]</c>), as the editor sees it.</summary>
/// <param name="node">The window's own object; keys that are not known stay in it.</param>
public sealed class JsonWindow(JsonObject node)
{
    private static readonly string[] s_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The object in the condition.</summary>
    public JsonObject Node => node;

    /// <summary>Bit 0 = Monday; without <c>days</c> every day; 0 = none yet.</summary>
    public int Days
    {
        get =>
            node["days"] switch
            {
                null => WeekPlan.EveryDay,
                JsonArray list => list.Aggregate(0, (bits, day) => bits | Bit(day)),
                _ => 0,
            };
        set
        {
            if (value == WeekPlan.EveryDay)
            {
                node.Remove("days");
                return;
            }

            node["days"] = new JsonArray([
                .. s_days
                    .Where((_, bit) => (value & (1 << bit)) != 0)
                    .Select(d => (JsonNode)JsonValue.Create(d)),
            ]);
        }
    }

    /// <summary>As it was typed; <c>HH:mm</c> when it is a time.</summary>
    public string Start
    {
        get => Text("start");
        set => node["start"] = Tidy(value);
    }

    /// <summary>As it was typed; may be <c>24:00</c>; before <see cref="Start"/> = over midnight.</summary>
    public string End
    {
        get => Text("end");
        set => node["end"] = Tidy(value);
    }

    /// <summary>It ends on the day after.</summary>
    public bool IsOverMidnight => Hours is { } hours && hours.End < hours.Start;

    /// <summary>The window in seconds; null while a time cannot be read or there is no day.</summary>
    public WeekWindow? Hours =>
        Seconds(Start) is { } start
        && Seconds(End) is { } end
        && Days != 0
        && start != end
        && start < WeekPlan.Day
            ? new WeekWindow(Days, start, end)
            : null;

    /// <summary>A new window.</summary>
    public static JsonWindow Of(WeekWindow hours)
    {
        var window = new JsonWindow([]) { Days = hours.Days };
        (window.Start, window.End) = (Time(hours.Start), Time(hours.End));
        return window;
    }

    /// <summary>"08:00"; with seconds only when there are any; 24:00 at the end of the day.</summary>
    public static string Time(int seconds) =>
        seconds == WeekPlan.Day
            ? "24:00"
            : new TimeOnly(seconds * TimeSpan.TicksPerSecond).ToString(
                seconds % 60 == 0 ? "HH:mm" : "HH:mm:ss",
                CultureInfo.InvariantCulture
            );

    /// <summary>Seconds of the day; null when it is no time.</summary>
    private static int? Seconds(string text) =>
        text == "24:00" ? WeekPlan.Day
        : TimeOnly.TryParseExact(
            text,
            ["HH:mm", "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? (int)(time.Ticks / TimeSpan.TicksPerSecond)
        : null;

    /// <summary>"8", "8:30" and "0830" become what contracts.md writes; anything else stays as it is, for the check to name it.</summary>
    private static string Tidy(string typed)
    {
        var text = typed.Trim();
        if (text is "24" or "2400")
        {
            return "24:00";
        }

        return TimeOnly.TryParseExact(
            text.Length is 1 or 2 ? text + ":00" : text,
            ["H:mm", "HHmm", "H.mm"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time.ToString("HH:mm", CultureInfo.InvariantCulture)
            : text;
    }

    private static int Bit(JsonNode? day)
    {
        var word = day?.ToString();
        var bit = Array.FindIndex(s_days, d => d.Equals(word, StringComparison.OrdinalIgnoreCase));
        return bit < 0 ? 0 : 1 << bit;
    }

    private string Text(string key) =>
        node[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : node[key]?.ToJsonString() ?? string.Empty;
}
