using System.Text.RegularExpressions;

namespace Dashboard.Domain.Time;

/// <summary>Reads a zone's changes of offset out of <see cref="TimeZoneInfo"/>.</summary>
internal static partial class ZoneTable
{
    /// <summary>Kiritimati is 14 hours ahead of UTC; nothing is further.</summary>
    internal const long LargestOffset = 15 * TimeSpan.TicksPerHour;

    private static readonly DateTime First = new(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Last = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Segments of constant offset, in order; null when there is no such zone.</summary>
    internal static List<(long Start, long Offset)>? Build(string name)
    {
        if (
            !IanaName().IsMatch(name)
            || name.StartsWith("posix/", StringComparison.Ordinal)
            || name.StartsWith("right/", StringComparison.Ordinal)
            || name is "localtime" or "posixrules" or "Factory"
        )
        {
            return null;
        }
        return
            TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            || (
                ZoneLinks.Target(name) is { } target
                && TimeZoneInfo.TryFindSystemTimeZoneById(target, out zone)
            )
            ? Segments(zone)
            : null;
    }

    // No zone changes its offset twice within a day, so one sample a day finds every change.
    private static List<(long Start, long Offset)> Segments(TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(First).Ticks;
        List<(long Start, long Offset)> segments = [(First.Ticks, offset)];
        for (var day = First; day < Last; day = day.AddDays(1))
        {
            var next = zone.GetUtcOffset(day.AddDays(1)).Ticks;
            if (next != offset)
            {
                segments.Add((ChangeWithin(zone, day, offset), next));
                offset = next;
            }
        }
        return segments;
    }

    // Changes fall on whole seconds.
    private static long ChangeWithin(TimeZoneInfo zone, DateTime day, long before)
    {
        var (low, high) = (0, 24 * 60 * 60);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            var same = zone.GetUtcOffset(day.AddSeconds(middle)).Ticks == before;
            (low, high) = same ? (middle, high) : (low, middle);
        }
        return day.AddSeconds(high).Ticks;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")]
    private static partial Regex IanaName();
}
