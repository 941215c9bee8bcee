using Bunit;
using Dashboard.Domain.Customers;
using Dashboard.Tests.Shared;
using Dashboard.Web.Components;
using Xunit;

namespace Dashboard.Web.Tests.Components;

public sealed class SmallComponentTests : ComponentTestBase
{
    [Fact]
    public void A_relative_time_has_the_absolute_one_in_its_title()
    {
        var time = Render<RelativeTime>(p =>
                p.Add(t => t.Value, Some.Now.AddMinutes(-14)).Add(t => t.Zone, "America/New_York")
            )
            .Find("time");

        Assert.Equal("14 min ago", time.TextContent);
        Assert.Equal("3 Jun 2026, 10:46 New York time", time.GetAttribute("title"));
        Assert.Equal("2026-06-03T14:46:00Z", time.GetAttribute("datetime"));
    }

    [Fact]
    public void A_missing_time_is_a_dash() =>
        Assert.Equal(
            "–",
            Render<RelativeTime>(p => p.Add(t => t.Value, null)).Find("span").TextContent
        );

    [Fact]
    public void A_sparkline_needs_two_values_and_survives_a_flat_line()
    {
        Assert.Empty(Render<Sparkline>(p => p.Add(s => s.Values, [3m])).Markup.Trim());

        var line = Render<Sparkline>(p =>
                p.Add(s => s.Values, [0m, 0m, 0m]).Add(s => s.Width, 90).Add(s => s.Height, 20)
            )
            .Find("polyline");
        Assert.Equal("0,19 45,19 90,19", line.GetAttribute("points"));
    }

    [Fact]
    public void A_chosen_chip_is_pressed_and_a_second_click_lets_it_go()
    {
        IReadOnlyCollection<string> chosen = ["a"];
        var chips = Render<FilterChips<string>>(p =>
            p.Add(c => c.Label, "Kind")
                .Add(c => c.Options, [new("a", "Apples"), new("b", "Pears", Count: "10,000+")])
                .Add(c => c.Chosen, chosen)
                .Add(c => c.ChosenChanged, value => chosen = value)
        );

        var buttons = chips.FindAll("button");
        Assert.Equal("true", buttons[0].GetAttribute("aria-pressed"));
        chips.FindAll("button")[1].Click();
        Assert.Equal(["b"], chosen);
        chips.FindAll("button")[0].Click();
        Assert.Empty(chosen);
    }

    [Fact]
    public void Without_a_failure_there_is_no_error()
    {
        Assert.Empty(Render<LoadError>(p => p.Add(e => e.Failure, null)).Markup.Trim());

        var retried = false;
        var error = Render<LoadError>(p =>
            p.Add(e => e.Failure, "It could not be read.").Add(e => e.Retry, () => retried = true)
        );
        error.Find("[role=alert] button").Click();
        Assert.True(retried);
    }

    [Fact]
    public void An_unknown_risk_says_so_instead_of_showing_nothing() =>
        Assert.Equal(
            "No risk yet",
            Render<RiskBadge>(p => p.Add(r => r.Level, (RiskLevel?)null)).Find("span").TextContent
        );

    [Fact]
    public void The_page_header_wraps_a_long_name_and_sets_one_heading()
    {
        var name = new string('n', 60);
        var header = Render<PageHeader>(p =>
            p.Add(h => h.Title, name)
                .Add(h => h.Parent, "Customers")
                .Add(h => h.ParentHref, "/customers")
        );

        Assert.Equal(name, Assert.Single(header.FindAll("h1")).TextContent);
    }
}
