using System.Globalization;
using Dashboard.Domain.Compliance;
using Dashboard.Web.Components;
using Dashboard.Web.Components.Findings;

namespace Dashboard.Web.Features.Customers;

/// <summary>The week ahead in words, by the customer's clock.</summary>
public static class OutlookWording
{
    /// <summary>"Today", "Thu 4".</summary>
    public static string Day(OutlookDay day, OutlookDay first) =>
        day == first ? "Today" : day.Date.ToString("ddd d", CultureInfo.InvariantCulture);

    /// <summary>"08:00–21:00", "00:00–01:30, 22:00–24:00 with approval", "not possible".</summary>
    public static string Hours(OutlookDay day, string? zone)
    {
        var open = day.Spans.Where(s => s.IsOpen).Select(s => Span(day, s, zone)).ToList();
        return open.Count == 0 ? "not possible" : string.Join(", ", open);
    }

    /// <summary>A day of the strip, with what binds when it is closed.</summary>
    public static string Title(OutlookDay day, string? zone)
    {
        var closed = day
            .Spans.Where(s => !s.IsOpen && s.Rule is not null)
            .Select(s => FindingLine.Name(s.Rule!))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var rules = closed.Count == 0 ? "" : $"; else stopped by {string.Join(", ", closed)}";
        return $"{day.Date.ToString("ddd d MMM", CultureInfo.InvariantCulture)}: {Hours(day, zone)}{rules}";
    }

    /// <summary>The whole strip of a channel for who does not see it.</summary>
    public static string Row(NextContact next, string? zone) =>
        $"{CustomerWording.Channel(next.Channel)}, {Times.ZoneName(zone)} time. "
        + string.Join(
            "; ",
            next.Week.Select(d =>
                $"{d.Date.ToString("dddd", CultureInfo.InvariantCulture)} {Hours(d, zone)}"
            )
        );

    private static string Span(OutlookDay day, OutlookSpan span, string? zone)
    {
        var (from, until) = (
            Clock(span.From, zone),
            span.Until == day.End ? "24:00" : Clock(span.Until, zone)
        );
        var how = span.Verdict switch
        {
            GateVerdict.RequiresApproval => " with approval",
            GateVerdict.Escalate => " by a person",
            _ => "",
        };
        return (from, until) == ("00:00", "24:00") ? $"all day{how}" : $"{from}–{until}{how}";
    }

    private static string Clock(DateTime utc, string? zone) =>
        Times.In(utc, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
