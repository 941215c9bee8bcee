using Dashboard.Web.Features.Compliance.Rules.Form;

namespace Dashboard.Web.Features.Compliance.Rules;

/// <summary>Weekdays and hours in words.</summary>
public static class WeekWording
{
    /// <summary>Monday first.</summary>
    public static IReadOnlyList<string> LongDays { get; } =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>"Every day", "Mon–Fri", "Sat, Sun"; "No day" for none.</summary>
    public static string Days(int bits)
    {
        if (bits is 0 or WeekPlan.EveryDay)
        {
            return bits == 0 ? "No day" : "Every day";
        }

        var names = LongDays
            .Where((_, day) => (bits & (1 << day)) != 0)
            .Select(d => d[..3])
            .ToList();
        var first = int.TrailingZeroCount(bits);
        var isRun = ((1 << names.Count) - 1) << first == bits;
        return isRun && names.Count > 2 ? $"{names[0]}–{names[^1]}" : string.Join(", ", names);
    }

    /// <summary>"Monday 08:00 to 09:00, open".</summary>
    public static string Cell(IReadOnlyList<DayStretch> day, int weekday, int hour) =>
        $"{LongDays[weekday]} {hour:00}:00 to {hour + 1:00}:00, "
        + WeekPlan.OpenSeconds(day, hour) switch
        {
            0 => "closed",
            3_600 => "open",
            _ => "partly open",
        };

    /// <summary>"8:00 to 12:00 and 13:00 to 18:00", or "closed": one day for those who do not see the grid.</summary>
    public static string Day(IReadOnlyList<DayStretch> day) =>
        day.Count == 0
            ? "closed"
            : ConditionWording.And([
                .. day.Select(s => $"{JsonWindow.Time(s.From)} to {JsonWindow.Time(s.To)}"),
            ]);
}
