using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Race;

/// <summary>
/// Rules that allow only a few contacts. Their numbers stand here once and are written into the stored rules and, by hand, into
/// the oracle.
/// </summary>
internal sealed record RaceRules(DateTime Start, TimeSpan Length)
{
    /// <summary>Half of the customers; open for the whole run.</summary>
    public const string OpenZone = "America/New_York";

    /// <summary>The other half; closes in the middle of the run.</summary>
    public const string ClosingZone = "Asia/Kolkata";

    /// <summary>Never open: no window is near its wall clock.</summary>
    public const string ClosedZone = "Europe/London";

    public const int RollingMax = 2;
    public const int RollingSeconds = 12;
    public const int IntervalSeconds = 3;
    public const int VoicemailSeconds = 20;
    public const int SmsADay = 4;

    /// <summary>When the hours of <see cref="ClosingZone"/> end, UTC.</summary>
    public DateTime ClosesAt => Start + (Length / 2);

    /// <summary>The rows, as an officer would have saved them.</summary>
    public IEnumerable<ComplianceRule> Rows()
    {
        var (open, _) = (Wall(OpenZone, Start.AddHours(-1)), 0);
        yield return Rule(
            "Hours",
            $$"""{"kind":"time_window","channels":["any"],"windows":[{"start":"{{open}}","end":"{{Wall(OpenZone, Start.AddHours(1))}}"},{"start":"{{Wall(ClosingZone, Start.AddHours(-1))}}","end":"{{Wall(ClosingZone, ClosesAt)}}"}]}"""
        );
        yield return Rule(
            "Rolling",
            $$"""{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":{{RollingMax}},"period":{"type":"rolling_hours","hours":{{Number(RollingSeconds / 3600.0)}}},"per":"customer","count_statuses":["sent","delivered","opened","answered","replied"]}"""
        );
        yield return Rule(
            "Interval",
            $$"""{"kind":"min_interval","channels":["any"],"count_channels":["any"],"minutes":{{Number(IntervalSeconds / 60.0)}},"count_statuses":["sent","delivered","opened","answered","replied"]}"""
        );
        yield return Rule(
            "Voicemail",
            $$"""{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":1,"period":{"type":"rolling_hours","hours":{{Number(VoicemailSeconds / 3600.0)}}},"per":"customer","count_statuses":["delivered"]}"""
        );
        yield return Rule(
            "Cooldown",
            """{"kind":"conversation_cooldown","channels":["phone"],"days":2,"per":"debt"}"""
        );
        yield return Rule(
            "Text messages a day",
            $$"""{"kind":"frequency","channels":["sms"],"count_channels":["sms"],"max":{{SmsADay}},"period":{"type":"calendar_days","days":1},"per":"debt","count_statuses":["sent","delivered","opened","answered","replied"]}"""
        );
    }

    private static ComplianceRule Rule(string name, string condition) =>
        Some.Rule(r =>
        {
            r.Name = name;
            r.Condition = JsonSerializer.Deserialize<JsonElement>(condition);
        });

    private static string Wall(string zone, DateTime utc) =>
        TimeZoneInfo
            .ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
