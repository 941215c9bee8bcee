using Dashboard.Domain.Results;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>The instant a change of rules comes into force, from a wall-clock time in a named zone.</summary>
public static class ActivationTime
{
    private const string Field = "activates_at";

    /// <summary>UTC. A time the clocks skip is refused; of one they have twice the first counts.</summary>
    /// <param name="local">Wall clock; null = nothing chosen yet.</param>
    /// <param name="zone">IANA zone.</param>
    /// <param name="now">UTC.</param>
    public static Result<DateTime> Read(DateTime? local, string zone, DateTime now)
    {
        if (local is not { } wall)
        {
            return Error.Invalid(Field, "Choose the date and time it comes into force.");
        }

        var info = Times.Zone(zone);
        wall = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (info.IsInvalidTime(wall))
        {
            return Error.Invalid(
                Field,
                $"The clocks in {Times.ZoneName(zone)} skip this time: choose another."
            );
        }

        // The larger offset is the earlier instant.
        var offset = info.IsAmbiguousTime(wall)
            ? info.GetAmbiguousTimeOffsets(wall).Max()
            : info.GetUtcOffset(wall);
        var utc = DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc);
        return utc > now
            ? utc
            : Error.Invalid(Field, "This time is over: choose one to come, or now.");
    }
}
