using System.Runtime.InteropServices;
using Dashboard.Domain.Json;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>contracts.md, condition.period.type.</summary>
internal enum PeriodType
{
    CalendarDays,
    RollingHours,
    CalendarWeek,
    CalendarMonth,
}

/// <summary>
/// How long a contact counts. Calendar days: the local date of the request and the N − 1 before it; a week starts on Monday;
/// rolling: of age less than the span, exactly the span no longer counts.
/// </summary>
/// <param name="Type">Which clock.</param>
/// <param name="Days">For calendar days.</param>
/// <param name="Span">Ticks, for rolling hours.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CountingPeriod(PeriodType Type, int Days, long Span)
{
    internal bool NeedsZone => Type != PeriodType.RollingHours;

    internal static CountingPeriod CalendarDays(int days) => new(PeriodType.CalendarDays, days, 0);

    internal static CountingPeriod Rolling(TimeSpan span) =>
        new(PeriodType.RollingHours, 0, span.Ticks);

    /// <summary>Attempts count at <paramref name="utc"/> from this local day, and after this instant.</summary>
    internal (int Day, long After) Since(long utc, LocalZone? zone)
    {
        if (Type == PeriodType.RollingHours || zone is null)
        {
            return (int.MinValue, utc - Span);
        }
        var day = zone.DayAt(utc);
        var first = Type switch
        {
            PeriodType.CalendarDays => day - Days + 1,
            PeriodType.CalendarWeek => day - day % 7,
            _ => day - DateOnly.FromDayNumber(day).Day + 1,
        };
        return (first, long.MinValue);
    }

    /// <summary>The first instant at which an attempt no longer counts.</summary>
    internal long Leaves(in Attempt attempt, LocalZone? zone) =>
        Type == PeriodType.RollingHours
            ? attempt.At + Span
            : zone!.StartOfDay(
                Type switch
                {
                    PeriodType.CalendarDays => attempt.Day + Days,
                    PeriodType.CalendarWeek => attempt.Day - attempt.Day % 7 + 7,
                    _ => FirstOfNextMonth(attempt.Day),
                }
            );

    /// <summary>"in 7 days", "in 168 hours", "this week", "this month", "today".</summary>
    public override string ToString() =>
        Type switch
        {
            PeriodType.CalendarDays when Days == 1 => "today",
            PeriodType.CalendarDays => $"in {Words.Count(Days, "day")}",
            PeriodType.RollingHours =>
                $"in {Words.Count(TimeSpan.FromTicks(Span).TotalHours, "hour")}",
            PeriodType.CalendarWeek => "this week",
            _ => "this month",
        };

    /// <summary>For clearances: "calendar_days 7".</summary>
    internal string Fact =>
        Type switch
        {
            PeriodType.CalendarDays => $"{Type.ToText()} {Days}",
            PeriodType.RollingHours =>
                $"{Type.ToText()} {TimeSpan.FromTicks(Span).TotalHours:0.##}",
            _ => Type.ToText(),
        };

    private static int FirstOfNextMonth(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        return day - date.Day + 1 + DateTime.DaysInMonth(date.Year, date.Month);
    }
}
