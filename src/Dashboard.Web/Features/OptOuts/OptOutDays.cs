using Dashboard.Data.OptOuts;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>People name the last day of a wish; a row holds the instant after it.</summary>
public static class OptOutDays
{
    /// <summary>The instant at which <paramref name="day"/> is over in a zone; UTC where the zone is unknown.</summary>
    public static DateTime End(DateOnly day, string? zone) => OptOutEnds.EndOf(day, zone);

    /// <summary>The last day of a wish that ends at an instant.</summary>
    public static DateOnly LastDay(DateTime until, string? zone) =>
        DateOnly.FromDateTime(Times.In(until.AddTicks(-1), zone));
}
