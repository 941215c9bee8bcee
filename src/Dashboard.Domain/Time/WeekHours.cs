using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Dashboard.Domain.Time;

/// <summary>A daily window, wall clock in ticks of the day, half-open; an end before the start means over midnight.</summary>
/// <param name="Days">Bit 0 = Monday; the days on which the window starts.</param>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; may be 24:00.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DailyWindow(int Days, long Start, long End)
{
    /// <summary>All seven days.</summary>
    public const int EveryDay = 0b111_1111;

    /// <summary>The bit of a weekday.</summary>
    public static int Bit(DayOfWeek day) => 1 << (((int)day + 6) % 7);

    /// <summary>A window on every day.</summary>
    public static DailyWindow Daily(TimeOnly start, TimeOnly end) =>
        new(EveryDay, start.Ticks, end.Ticks);
}

/// <summary>
/// Opening hours by wall clock: the union of daily windows, less closed dates. A window over midnight belongs to the day it
/// starts on; it is closed when either of its dates is. All times are local or UTC ticks, as the names say.
/// </summary>
public sealed class WeekHours
{
    /// <summary>No later instant.</summary>
    public const long Never = long.MaxValue;

    // Weekly windows repeat, closed dates are written out by year and zones drift against each other by season: whatever
    // does not open within two years and some weeks never will.
    internal const long Horizon = 800 * TimeSpan.TicksPerDay;

    private const int MostStored = 10_000;
    private static readonly ConcurrentDictionary<DailyWindow, WeekHours> Store = new();

    private readonly Part[][] _parts;
    private readonly HashSet<int> _closed;

    /// <summary>Windows with start = end are empty.</summary>
    /// <param name="windows">Their union is open.</param>
    /// <param name="closed">Closed dates.</param>
    public WeekHours(IReadOnlyCollection<DailyWindow> windows, IEnumerable<DateOnly>? closed = null)
    {
        _closed = [.. (closed ?? []).Select(d => d.DayNumber)];
        _parts =
        [
            .. Enumerable
                .Range(0, 7)
                .Select(day => PartsOf(day, windows).OrderBy(p => p.Start).ToArray()),
        ];
    }

    /// <summary>The same hours every day; see <see cref="Of"/>.</summary>
    public static WeekHours Daily(TimeOnly start, TimeOnly end) =>
        Of(DailyWindow.Daily(start, end));

    /// <summary>One window, from a store of those asked for before: people choose from few hours, and many ask for the same.</summary>
    public static WeekHours Of(DailyWindow window)
    {
        if (Store.TryGetValue(window, out var hours))
        {
            return hours;
        }
        hours = new WeekHours([window]);
        if (Store.Count < MostStored)
        {
            Store.TryAdd(window, hours);
        }
        return hours;
    }

    /// <summary>Whether it is open by the wall clock.</summary>
    public bool IsOpen(long local)
    {
        var day = (int)(local / TimeSpan.TicksPerDay);
        var time = local % TimeSpan.TicksPerDay;
        foreach (var part in _parts[day % 7])
        {
            if (time >= part.Start && time < part.End && !IsClosed(part, day))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The first instant at or after <paramref name="utc"/> at which the wall clock of the zone is open, or <see cref="Never"/>.</summary>
    public long Earliest(LocalZone zone, long utc)
    {
        var last = utc + Horizon;
        while (utc <= last)
        {
            // Within a segment the wall clock runs evenly; gaps and overlaps lie between segments.
            var (offset, until) = zone.SegmentAt(utc);
            var local = EarliestLocal(utc + offset);
            if (local == Never)
            {
                return Never;
            }
            if (local - offset < until)
            {
                return local - offset;
            }
            utc = until;
        }
        return Never;
    }

    /// <summary>The first instant at or after <paramref name="utc"/> at which it is open in every zone, or <see cref="Never"/>.</summary>
    public long Earliest(LocalZone[] zones, long utc)
    {
        var last = utc + Horizon;
        while (utc <= last)
        {
            var latest = utc;
            foreach (var zone in zones)
            {
                latest = Math.Max(latest, Earliest(zone, utc));
            }
            if (latest == utc || latest == Never)
            {
                return latest;
            }
            utc = latest;
        }
        return Never;
    }

    private long EarliestLocal(long local)
    {
        var first = (int)(local / TimeSpan.TicksPerDay);
        for (var day = first; day <= first + Horizon / TimeSpan.TicksPerDay; day++)
        {
            var time = day == first ? local % TimeSpan.TicksPerDay : 0;
            foreach (var part in _parts[day % 7])
            {
                if (part.End > time && !IsClosed(part, day))
                {
                    return day * TimeSpan.TicksPerDay + Math.Max(part.Start, time);
                }
            }
        }
        return Never;
    }

    private bool IsClosed(Part part, int day) =>
        _closed.Count > 0
        && (_closed.Contains(day) || (part.FromDayBefore && _closed.Contains(day - 1)));

    // Day 0 of the calendar, 0001-01-01, is a Monday, so day number modulo 7 is the bit of the weekday.
    private static IEnumerable<Part> PartsOf(int day, IReadOnlyCollection<DailyWindow> windows)
    {
        foreach (var (days, start, end) in windows.Where(w => w.Start != w.End))
        {
            var overMidnight = end < start;
            if ((days & (1 << day)) != 0)
            {
                yield return new Part(start, overMidnight ? TimeSpan.TicksPerDay : end, false);
            }
            if (overMidnight && end > 0 && (days & (1 << ((day + 6) % 7))) != 0)
            {
                yield return new Part(0, end, true);
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Part(long Start, long End, bool FromDayBefore);
}
