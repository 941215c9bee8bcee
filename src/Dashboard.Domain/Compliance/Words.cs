using System.Globalization;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance;

/// <summary>The gate's way of saying things (look.md, "Words").</summary>
internal static class Words
{
    internal static string Noun(Channel channel) =>
        channel switch
        {
            Channel.Phone => "call",
            Channel.Sms => "SMS",
            _ => "e-mail",
        };

    internal static string Plural(Channel channel) =>
        channel switch
        {
            Channel.Phone => "calls",
            Channel.Sms => "SMS",
            _ => "e-mails",
        };

    /// <summary>"1 day", "7 days".</summary>
    internal static string Count(double number, string unit) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number:0.##} {unit}{(Math.Abs(number - 1) < 0.005 ? "" : "s")}"
        );

    /// <summary>"09:00"; seconds only when there are any.</summary>
    internal static string Time(DateTime local) =>
        local.ToString(
            local.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss",
            CultureInfo.InvariantCulture
        );

    /// <summary>"Wed 8 Apr 2026".</summary>
    internal static string Date(DateTime local) =>
        local.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"09:00 on Wed 8 Apr 2026 in Denver (America/Denver)"; without the date when it is the day of <paramref name="now"/>; UTC without a zone.</summary>
    internal static string Instant(DateTime utc, LocalZone? zone, DateTime? now = null)
    {
        var local = zone?.LocalAt(utc) ?? utc;
        var sameDay = now is { } n && (zone?.LocalAt(n) ?? n).Date == local.Date;
        var place = zone is null ? " UTC" : $" in {zone}";
        return sameDay ? $"{Time(local)}{place}" : $"{Time(local)} on {Date(local)}{place}";
    }

    /// <summary>"Wed 8 Apr 2026 in Denver (America/Denver)" when it falls on a local midnight, else with the time.</summary>
    internal static string Day(DateTime utc, LocalZone? zone)
    {
        var local = zone?.LocalAt(utc) ?? utc;
        return zone is not null && local.TimeOfDay == TimeSpan.Zero
            ? $"{Date(local)} in {zone}"
            : Instant(utc, zone);
    }

    /// <summary>For clearances: "2026-04-08T09:00:00".</summary>
    internal static string Sortable(DateTime time) =>
        time.ToString("s", CultureInfo.InvariantCulture);
}
