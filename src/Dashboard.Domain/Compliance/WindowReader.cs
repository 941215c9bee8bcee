using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>Reads <c>windows: [{days?, start, end}]</c> (contracts.md) and says them in words.</summary>
/// <param name="fault">Takes a key and what is wrong with it.</param>
internal sealed class WindowReader(Action<string, string> fault)
{
    private static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private readonly List<string> _sentences = [];

    /// <summary>"Mon–Fri 08:00–21:00, Sat 09:00–17:00".</summary>
    internal string Text => string.Join(", ", _sentences);

    /// <summary>The windows; empty and a fault when they cannot be read.</summary>
    internal List<DailyWindow> Windows(string key, JsonElement? value)
    {
        var windows = new List<DailyWindow>();
        if (value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            fault(key, "must be a list with at least one window");
            return windows;
        }
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            windows.Add(Window($"{key}[{index++}]", item));
        }
        return windows;
    }

    private DailyWindow Window(string path, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            fault(path, "must be an object with start and end");
            return default;
        }
        var window = new DailyWindow(
            Days($"{path}.days", item),
            Time($"{path}.start", item, "start"),
            Time($"{path}.end", item, "end")
        );
        if (window.Start == window.End)
        {
            fault(path, "is empty: for the whole day use 00:00 to 24:00");
        }
        if (window.Start == TimeSpan.TicksPerDay)
        {
            fault($"{path}.start", "must be before 24:00");
        }
        _sentences.Add($"{Say(window.Days)}{Say(window.Start)}–{Say(window.End)}");
        return window;
    }

    private int Days(string path, JsonElement item)
    {
        if (!item.TryGetProperty("days", out var days) || days.ValueKind == JsonValueKind.Null)
        {
            return DailyWindow.EveryDay;
        }
        var bits = 0;
        if (days.ValueKind == JsonValueKind.Array)
        {
            foreach (var day in days.EnumerateArray())
            {
                var bit = Array.FindIndex(
                    DayNames,
                    d => d.Equals(day.ToString(), StringComparison.OrdinalIgnoreCase)
                );
                bits |= bit < 0 ? 0 : 1 << bit;
                if (bit < 0)
                {
                    fault(
                        path,
                        $"does not know the day '{day}': use {string.Join(", ", DayNames)}"
                    );
                }
            }
        }
        if (bits == 0)
        {
            fault(path, "must be a list with at least one day");
        }
        return bits;
    }

    private long Time(string path, JsonElement item, string key)
    {
        var text = item.TryGetProperty(key, out var value) ? value.ToString() : "";
        if (text == "24:00")
        {
            return TimeSpan.TicksPerDay;
        }
        if (
            TimeOnly.TryParseExact(
                text,
                ["HH:mm", "HH:mm:ss"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time
            )
        )
        {
            return time.Ticks;
        }
        fault(path, $"is '{text}', which is not a time such as 08:00");
        return 0;
    }

    private static string Say(long time) =>
        time == TimeSpan.TicksPerDay
            ? "24:00"
            : new TimeOnly(time).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Say(int days)
    {
        if (days == DailyWindow.EveryDay)
        {
            return "";
        }
        var names = DayNames
            .Where((_, bit) => (days & (1 << bit)) != 0)
            .Select(d => char.ToUpperInvariant(d[0]) + d[1..])
            .ToArray();
        var first = System.Numerics.BitOperations.TrailingZeroCount(days);
        var run = ((1 << names.Length) - 1) << first;
        return run == days && names.Length > 2
            ? $"{names[0]}–{names[^1]} "
            : $"{string.Join(", ", names)} ";
    }
}
