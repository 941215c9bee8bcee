using Dashboard.Domain.Time;

namespace Dashboard.Data.OptOuts;

/// <summary>People name the last day of a wish; a row holds the instant after it.</summary>
public static class OptOutEnds
{
    /// <summary>The instant at which a day is over in a zone; UTC where the zone is unknown.</summary>
    public static DateTime EndOf(DateOnly day, string? zone)
    {
        var next = day.AddDays(1);
        return LocalZone.Find(zone) is { } known
            ? new DateTime(known.StartOfDay(next.DayNumber), DateTimeKind.Utc)
            : next.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
    }
}
