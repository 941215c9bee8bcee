using System.Globalization;
using System.Text.Json;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>
/// Finds an instant at which a rule's hours are closed, by comparing times as text: a third way to look at a clock, so that a
/// plant does not rest on what it is to test.
/// </summary>
internal static class ClosedTime
{
    private const int Steps = 96;

    private static readonly string[] Elsewhere =
    [
        "America/New_York",
        "Europe/London",
        "Asia/Kolkata",
        "Australia/Sydney",
        "America/Los_Angeles",
        "Pacific/Auckland",
        "Asia/Tokyo",
        "Africa/Cairo",
        "Pacific/Honolulu",
        "America/Sao_Paulo",
    ];

    /// <summary>A closed instant in [begin, end): in the customer's own zone when there is one, else in another.</summary>
    internal static (DateTime At, string Zone, string Local)? Find(
        JsonElement windows,
        string? zone,
        DateTime begin,
        DateTime end
    )
    {
        foreach (var place in Elsewhere.Prepend(zone).Select(Place.Named).OfType<Place>())
        {
            for (var step = 0; step < Steps; step++)
            {
                var at = begin + ((end - begin) * ((step + 0.5) / Steps));
                var clock = place.ClockAt(at);
                if (IsClosed(windows, clock))
                {
                    var local = clock.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
                    return (at, place.Name, local);
                }
            }
        }

        return null;
    }

    /// <summary>Outside every window of the day and of the day before.</summary>
    internal static bool IsClosed(JsonElement windows, DateTime clock)
    {
        var now = clock.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var today = Day(clock);
        var yesterday = Day(clock.AddDays(-1));
        return !windows
            .EnumerateArray()
            .Any(w =>
            {
                var start = w.GetProperty("start").GetString()!;
                var end = w.GetProperty("end").GetString()!;
                var startsToday = Named(w, today) && Ordered(start, now);
                return Ordered(start, end)
                    ? startsToday && !Ordered(end, now)
                    : startsToday || (Named(w, yesterday) && !Ordered(end, now));
            });
    }

    // "08:00" and "08:00:00" are the same; texts of one length sort as times do, 24:00 last.
    private static bool Ordered(string earlier, string later) =>
        string.CompareOrdinal(Full(earlier), Full(later)) <= 0;

    private static string Full(string time) => time.Length == 5 ? $"{time}:00" : time;

    private static string Day(DateTime clock) =>
        clock.ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant();

    private static bool Named(JsonElement window, string day) =>
        !window.TryGetProperty("days", out var days)
        || days.ValueKind == JsonValueKind.Null
        || days.EnumerateArray()
            .Any(d => day.Equals(d.GetString(), StringComparison.OrdinalIgnoreCase));
}
