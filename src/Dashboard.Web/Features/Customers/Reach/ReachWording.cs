using System.Globalization;
using Dashboard.Domain.Contacts;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Customers.Reach;

/// <summary>How many can be contacted, in words.</summary>
internal static class ReachWording
{
    /// <summary>"Reachable now: 412 by phone · 1,020 by e-mail · 388 by SMS of 1,482".</summary>
    public static string Line(ReachReport report) =>
        report.Customers == 0
            ? "No customer on this list"
            : $"Reachable now: {string.Join(" · ", report.Channels.Select(c => $"{Number(c.Now)} by {Name(c.Channel)}"))} of {Number(report.Customers)}";

    /// <summary>The hours from now in which customers come free, for who does not see the bars.</summary>
    public static string Opening(ChannelReach channel, DateTime at, string? zone) =>
        "Come free: "
        + string.Join(
            ", ",
            channel
                .Opening.Select((count, hour) => (count, hour))
                .Where(h => h.count > 0)
                .Select(h => $"{Number(h.count)} at {Hour(at, h.hour, zone)}")
        );

    /// <summary>"14:00–15:00" by the reader's clock, counted from the instant of the question.</summary>
    public static string Hour(DateTime at, int hour, string? zone) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Times.In(at.AddHours(hour), zone):HH:mm}–{Times.In(at.AddHours(hour + 1), zone):HH:mm}"
        );

    private static string Name(Channel channel) =>
        channel switch
        {
            Channel.Phone => "phone",
            Channel.Email => "e-mail",
            _ => "SMS",
        };

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
