using System.Globalization;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Backtest;

/// <summary>A period as the picker holds it: so many days up to now, or dates of a zone.</summary>
/// <param name="LastDays">7, 30 or 90; null = the dates hold.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public sealed record BacktestPeriod(int? LastDays, DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>The choices of days.</summary>
    public static IReadOnlyList<int> Choices { get; } = [7, 30, 90];

    /// <summary>What is wrong with it; null when it can be used.</summary>
    public string? Fault =>
        LastDays is not null ? null
        : From is null || To is null ? "Choose the first and the last day."
        : From > To ? "The first day is after the last."
        : null;

    /// <summary>UTC, half-open. Only without a <see cref="Fault"/>.</summary>
    public (DateTime From, DateTime To) Range(DateTime now, string? zone) =>
        LastDays is { } days
            ? (now.AddDays(-days), now)
            : (Start(From!.Value, zone), Start(To!.Value.AddDays(1), zone));

    /// <summary>"the last 30 days", "1 Jun 2026 to 30 Jun 2026, New York time".</summary>
    public string Words(string? zone) =>
        LastDays is { } days
            ? $"the last {days} days"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{From:d MMM yyyy} to {To:d MMM yyyy}, {Times.ZoneName(zone)} time"
            );

    private static DateTime Start(DateOnly day, string? zone)
    {
        // Noon is never skipped, and its day begins where the day begins.
        var noon = DateTime.SpecifyKind(
            day.ToDateTime(new TimeOnly(12, 0)),
            DateTimeKind.Unspecified
        );
        return Times.StartOfDay(TimeZoneInfo.ConvertTimeToUtc(noon, Times.Zone(zone)), zone);
    }
}
