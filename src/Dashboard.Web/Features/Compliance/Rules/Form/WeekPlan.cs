using System.Runtime.InteropServices;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>A weekly window in seconds of the day, half-open; an end before the start is on the day after.</summary>
/// <param name="Days">Bit 0 = Monday; the days on which it starts.</param>
/// <param name="Start">From 0, below 86,400.</param>
/// <param name="End">Up to 86,400.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WeekWindow(int Days, int Start, int End);

/// <summary>An open stretch of one day, seconds, half-open.</summary>
/// <param name="From">From 0.</param>
/// <param name="To">Up to 86,400.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DayStretch(int From, int To);

/// <summary>A rectangle of the grid, both ends included.</summary>
/// <param name="FirstDay">0 = Monday.</param>
/// <param name="FirstHour">0 to 23.</param>
/// <param name="LastDay">0 = Monday.</param>
/// <param name="LastHour">0 to 23.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WeekCells(int FirstDay, int FirstHour, int LastDay, int LastHour);

/// <summary>A week's windows as the grid draws and paints them.</summary>
public static class WeekPlan
{
    /// <summary>Seconds of a day.</summary>
    public const int Day = 86_400;

    /// <summary>All seven days.</summary>
    public const int EveryDay = 0b111_1111;

    private const int Hour = 3_600;

    /// <summary>For each day from Monday what is open, in order, touching stretches joined.</summary>
    public static IReadOnlyList<IReadOnlyList<DayStretch>> Stretches(
        IEnumerable<WeekWindow> windows
    )
    {
        var days = Enumerable.Range(0, 7).Select(_ => new List<DayStretch>()).ToArray();
        foreach (var window in windows)
        {
            for (var day = 0; day < 7; day++)
            {
                if ((window.Days & (1 << day)) == 0)
                {
                    continue;
                }

                var over = window.End < window.Start;
                days[day].Add(new(window.Start, over ? Day : window.End));
                if (over)
                {
                    days[(day + 1) % 7].Add(new(0, window.End));
                }
            }
        }

        return [.. days.Select(Joined)];
    }

    /// <summary>How much of an hour is open: 0 to 3,600 seconds.</summary>
    public static int OpenSeconds(IReadOnlyList<DayStretch> day, int hour) =>
        day.Sum(s =>
            Math.Max(0, Math.Min(s.To, (hour + 1) * Hour) - Math.Max(s.From, hour * Hour))
        );

    /// <summary>
    /// The windows after the cells were opened or closed. Evenings that ran over midnight in one window still do: a closed
    /// date closes such a window as a whole.
    /// </summary>
    public static IReadOnlyList<WeekWindow> Paint(
        IReadOnlyList<WeekWindow> windows,
        WeekCells cells,
        bool open
    )
    {
        var days = Stretches(windows).Select(d => d.ToList()).ToArray();
        var from = Math.Min(cells.FirstHour, cells.LastHour) * Hour;
        var to = (Math.Max(cells.FirstHour, cells.LastHour) + 1) * Hour;
        var last = Math.Max(cells.FirstDay, cells.LastDay);
        for (var day = Math.Min(cells.FirstDay, cells.LastDay); day <= last; day++)
        {
            days[day] = open
                ? Joined([.. days[day], new(from, to)])
                : [.. days[day].SelectMany(s => Without(s, from, to))];
        }

        return Windows(days, Nights(windows));
    }

    /// <summary>Bit of each day whose evening runs into the next day in one window.</summary>
    private static int Nights(IReadOnlyList<WeekWindow> windows) =>
        windows.Where(w => w.End < w.Start).Aggregate(0, (bits, w) => bits | w.Days);

    private static List<WeekWindow> Windows(List<DayStretch>[] days, int nights)
    {
        var single = new List<(int Day, int Start, int End)>();
        for (var day = 0; day < 7; day++)
        {
            var next = days[(day + 1) % 7];
            if (
                (nights & (1 << day)) != 0
                && days[day].Count > 0
                && days[day][^1] is { To: Day } evening
                && next.Count > 0
                && next[0] is { From: 0 } morning
                && morning.To < evening.From
            )
            {
                days[day].RemoveAt(days[day].Count - 1);
                next.RemoveAt(0);
                single.Add((day, evening.From, morning.To));
            }
        }

        single.AddRange(days.SelectMany((list, day) => list.Select(s => (day, s.From, s.To))));
        return
        [
            .. single
                .GroupBy(w => (w.Start, w.End))
                .Select(g => new WeekWindow(
                    g.Aggregate(0, (bits, w) => bits | (1 << w.Day)),
                    g.Key.Start,
                    g.Key.End
                ))
                .OrderBy(w => int.TrailingZeroCount(w.Days))
                .ThenBy(w => w.Start),
        ];
    }

    private static List<DayStretch> Joined(List<DayStretch> stretches)
    {
        var joined = new List<DayStretch>();
        foreach (var stretch in stretches.Where(s => s.To > s.From).OrderBy(s => s.From))
        {
            if (joined.Count > 0 && joined[^1].To >= stretch.From)
            {
                joined[^1] = joined[^1] with { To = Math.Max(joined[^1].To, stretch.To) };
            }
            else
            {
                joined.Add(stretch);
            }
        }

        return joined;
    }

    private static IEnumerable<DayStretch> Without(DayStretch stretch, int from, int to)
    {
        if (stretch.From < from)
        {
            yield return stretch with
            {
                To = Math.Min(stretch.To, from),
            };
        }

        if (stretch.To > to)
        {
            yield return stretch with
            {
                From = Math.Max(stretch.From, to),
            };
        }
    }
}
