using Dashboard.Data.Campaigns;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>An enrolment in words.</summary>
public static class EnrolWording
{
    /// <summary>"87 campaigns started, 3 skipped: 2 already have one, 1 must not be contacted".</summary>
    public static string Done(EnrolResult result)
    {
        var started =
            result.Enrolled == 1 ? "1 campaign started" : $"{result.Enrolled:N0} campaigns started";
        var reasons = new List<string>();
        if (result.AlreadyEnrolled > 0)
        {
            reasons.Add(
                $"{result.AlreadyEnrolled:N0} {(result.AlreadyEnrolled == 1 ? "has" : "have")} one already"
            );
        }

        if (result.DoNotContact > 0)
        {
            reasons.Add($"{result.DoNotContact:N0} must not be contacted");
        }

        return reasons.Count == 0
            ? started
            : $"{started}, {result.AlreadyEnrolled + result.DoNotContact:N0} skipped: {string.Join(", ", reasons)}";
    }
}
