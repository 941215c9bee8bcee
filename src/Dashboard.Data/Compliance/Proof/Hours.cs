namespace Dashboard.Data.Compliance.Proof;

/// <summary>A daily window on some weekdays, [start, end) by the wall clock; end before start = over midnight.</summary>
/// <param name="Days">The days on which it starts.</param>
/// <param name="Start">Since midnight.</param>
/// <param name="End">Since midnight; 24:00 allowed.</param>
internal sealed record Window(IReadOnlyList<DayOfWeek> Days, TimeSpan Start, TimeSpan End)
{
    /// <summary>Whether the wall clock stands inside. A window over midnight belongs to the day it starts on.</summary>
    internal bool Covers(DateTime clock, IReadOnlyCollection<DateOnly> closed)
    {
        var today = DateOnly.FromDateTime(clock);
        var yesterday = today.AddDays(-1);
        if (closed.Contains(today))
        {
            return false;
        }

        var time = clock.TimeOfDay;
        var startsToday = Days.Contains(today.DayOfWeek);
        if (Start < End)
        {
            return startsToday && Start <= time && time < End;
        }

        return Start > End
            && (
                (startsToday && time >= Start)
                || (Days.Contains(yesterday.DayOfWeek) && !closed.Contains(yesterday) && time < End)
            );
    }
}

/// <summary>Looks at wall clocks.</summary>
internal static class Hours
{
    /// <summary>All seven days.</summary>
    internal static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();

    /// <summary>What is said when no zone is known.</summary>
    internal const string NoZone = "No time zone of the customer was known: fail closed";

    /// <summary>Null when every clock stands inside one of the windows.</summary>
    internal static string? Outside(
        IReadOnlyList<Place> places,
        DateTime at,
        IReadOnlyList<Window> windows,
        IReadOnlyCollection<DateOnly> closed
    )
    {
        if (places.Count == 0)
        {
            return NoZone;
        }

        foreach (var place in places)
        {
            var clock = place.ClockAt(at);
            if (!windows.Any(w => w.Covers(clock, closed)))
            {
                return $"It was {place.Say(at)}, outside the permitted hours";
            }
        }

        return null;
    }

    /// <summary>The hours the customer asked for, by the primary zone.</summary>
    internal static string? Preferred(Moment moment)
    {
        if (moment.Customer.Preferred is not { } hours)
        {
            return null;
        }

        if (moment.Home is not { } home)
        {
            return NoZone;
        }

        var window = new Window(
            hours.Days ?? EveryDay,
            hours.Start.ToTimeSpan(),
            hours.End.ToTimeSpan()
        );
        return window.Covers(home.ClockAt(moment.At), [])
            ? null
            : $"It was {home.Say(moment.At)}, outside the hours the customer asked for ({hours.Start:HH\\:mm}–{hours.End:HH\\:mm})";
    }
}
