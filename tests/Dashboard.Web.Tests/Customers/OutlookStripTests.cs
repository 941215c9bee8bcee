using Bunit;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Customers;
using Dashboard.Web.Tests.Components;
using Xunit;

namespace Dashboard.Web.Tests.Customers;

public sealed class OutlookStripTests : ComponentTestBase
{
    private static readonly LocalZone s_newYork = LocalZone.Find("America/New_York")!;

    [Fact]
    public void Each_day_shows_its_hours_in_the_customers_zone_and_where_now_is()
    {
        var strip = Render<OutlookStrip>(p =>
            p.Add(c => c.Contacts, [Next(Channel.Phone, Some.Rule())])
                .Add(c => c.Zone, "America/New_York")
        );

        var days = strip.FindAll(".outlook-day");
        Assert.Equal(7, days.Count);
        Assert.Equal(
            "Wed 3 Jun: 11:00–21:00; else stopped by ",
            days[0].GetAttribute("title")![..40]
        );
        // 11:00 of 24 hours.
        Assert.Equal("left:45.83%", days[0].QuerySelector(".outlook-now")!.GetAttribute("style"));
        Assert.Equal(
            "left:33.33%;width:54.17%",
            days[1].QuerySelector(".outlook-open")!.GetAttribute("style")
        );
        Assert.Null(days[1].QuerySelector(".outlook-now"));
        Assert.Equal(
            ["Today", "Thu 4", "Fri 5", "Sat 6", "Sun 7", "Mon 8", "Tue 9"],
            strip.FindAll(".outlook-label").Select(l => l.TextContent)
        );
    }

    [Fact]
    public void Who_does_not_see_it_reads_the_same_hours()
    {
        var strip = Render<OutlookStrip>(p =>
            p.Add(c => c.Contacts, [Next(Channel.Phone, Some.Rule())])
                .Add(c => c.Zone, "America/New_York")
        );

        var label = strip.Find("[role='img']").GetAttribute("aria-label")!;
        Assert.StartsWith(
            "Call, New York time. Wednesday 11:00–21:00; Thursday 08:00–21:00;",
            label,
            StringComparison.Ordinal
        );
        Assert.Equal(7, strip.FindAll(".outlook-lists li").Count);
        Assert.Contains(
            "if nothing else happens meanwhile",
            strip.Markup,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_channel_without_an_address_says_so_and_a_closed_week_is_not_possible()
    {
        var strip = Render<OutlookStrip>(p =>
            p.Add(
                    c => c.Contacts,
                    [
                        Next(Channel.Email, Some.Rule()) with
                        {
                            Reachable = false,
                            Week = [],
                        },
                        Next(Channel.Phone, Some.Rule(), new ContactFacts { DoNotContact = true }),
                    ]
                )
                .Add(c => c.Zone, null)
        );

        Assert.Contains(
            "No e-mail address",
            strip.Find("[data-channel='email']").TextContent,
            StringComparison.Ordinal
        );
        Assert.All(
            strip.FindAll(".outlook-lists li"),
            day => Assert.Contains("not possible", day.TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(strip.FindAll(".outlook-open"));
    }

    private static NextContact Next(
        Channel channel,
        ComplianceRule rule,
        ContactFacts? facts = null
    )
    {
        var known = facts ?? new ContactFacts { Timezone = "America/New_York" };
        var request = new ContactRequest(channel, Some.Now, []);
        var rules = RuleSet.Compile([rule]);
        var zone = LocalZone.Find(known.Timezone);
        return new NextContact(channel, ComplianceGate.Evaluate(known, rules, request), true)
        {
            AskedAt = Some.Now,
            Week = ContactOutlook
                .Of(known, rules, request, ContactOutlook.Midnight(Some.Now, zone ?? s_newYork, 7))
                .Days(zone, 7),
        };
    }
}
