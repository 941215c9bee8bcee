using System.Globalization;

namespace Dashboard.Web.Components;

/// <summary>Instants as text, in a named zone.</summary>
public static class Times
{
    /// <summary>
    /// "just now", "14 min ago", "in 2 h 14 min", "3 d ago": the distance from <paramref name="now"/> in at most two units.
    /// <c>js/times.js</c> words it the same way.
    /// </summary>
    public static string Relative(DateTime value, DateTime now)
    {
        var distance = (value - now).Duration();
        if (distance < TimeSpan.FromSeconds(45))
        {
            return value > now ? "in a moment" : "just now";
        }

        var text = Distance(distance);
        return value > now ? $"in {text}" : $"{text} ago";
    }

    /// <summary>"2 h 14 min": at most two units, from minutes to days.</summary>
    public static string Distance(TimeSpan distance)
    {
        if (distance >= TimeSpan.FromDays(2))
        {
            return $"{(int)distance.TotalDays} d";
        }

        var minutes = (long)Math.Round(distance.TotalMinutes, MidpointRounding.AwayFromZero);
        var (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        return (days, hours, rest) switch
        {
            (> 0, 0, _) => $"{days} d",
            (> 0, _, _) => $"{days} d {hours} h",
            (0, > 0, 0) => $"{hours} h",
            (0, > 0, _) => $"{hours} h {rest} min",
            _ => $"{rest} min",
        };
    }

    /// <summary>The zone, or UTC when <paramref name="zone"/> is null or unknown.</summary>
    public static TimeZoneInfo Zone(string? zone) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? found
            : TimeZoneInfo.Utc;

    /// <summary>"Denver" from <c>America/Denver</c>, "New York" from <c>America/New_York</c>, "UTC".</summary>
    public static string ZoneName(string? zone)
    {
        var id = Zone(zone).Equals(TimeZoneInfo.Utc) ? "UTC" : zone!;
        return id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ');
    }

    /// <summary>Wall-clock time in <paramref name="zone"/>.</summary>
    public static DateTime In(DateTime utc, string? zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone(zone));

    /// <summary>UTC instant at which the day that <paramref name="zone"/> has at <paramref name="utc"/> began.</summary>
    public static DateTime StartOfDay(DateTime utc, string? zone)
    {
        var info = Zone(zone);
        var midnight = In(utc, zone).Date;
        // A day that begins inside a skipped hour begins when the skip ends.
        while (info.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(30);
        }

        return TimeZoneInfo.ConvertTimeToUtc(midnight, info);
    }

    /// <summary>"23 Nov 2026, 09:05 Denver time".</summary>
    public static string Absolute(DateTime utc, string? zone)
    {
        var local = In(utc, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var name = ZoneName(zone);
        return name == "UTC" ? $"{local} UTC" : $"{local} {name} time";
    }

    /// <summary>ISO 8601 with Z, for <c>&lt;time datetime&gt;</c>.</summary>
    public static string Machine(DateTime utc) =>
        utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
