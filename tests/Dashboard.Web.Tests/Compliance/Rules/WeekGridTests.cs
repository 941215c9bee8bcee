using Bunit;
using Dashboard.Web.Features.Compliance.Rules.Controls;
using Dashboard.Web.Features.Compliance.Rules.Form;
using Dashboard.Web.Tests.Components;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Rules;

/// <summary>The grid and the fields beside it are one model.</summary>
public sealed class WeekGridTests : ComponentTestBase
{
    private readonly RuleForm _form = new(RuleForm.New(KindChoice.Find("time_window")!));

    [Fact]
    public async Task Painting_the_grid_rewrites_the_fields_to_the_minute()
    {
        var part = RenderHours();
        part.Find("input[aria-label='Window 1: from']").Change("7:30");

        await part.FindComponent<WeekGrid>().Instance.PaintAsync(0, 12, 6, 12);

        Assert.Equal(
            ["07:30", "13:00"],
            part.FindAll("input[aria-label$=': from']").Select(i => i.GetAttribute("value"))
        );
        Assert.Equal(
            ["12:00", "21:00"],
            part.FindAll("input[aria-label$=': until']").Select(i => i.GetAttribute("value"))
        );
        Assert.All(_form.Condition.Windows, window => Assert.Equal(WeekPlan.EveryDay, window.Days));
    }

    [Fact]
    public void Fields_and_days_redraw_the_grid()
    {
        var part = RenderHours();

        part.Find("button[title='Sunday']").Click();
        part.Find("input[aria-label='Window 1: until']").Change("02:00");

        Assert.Contains("next day", part.Markup, StringComparison.Ordinal);
        Assert.Equal("closed", State(part, day: 6, hour: 12));
        Assert.Equal("open", State(part, day: 6, hour: 1));
        Assert.Equal("closed", State(part, day: 0, hour: 1));
        Assert.Equal("open", State(part, day: 0, hour: 23));
    }

    [Fact]
    public async Task A_cell_that_is_open_in_part_opens_and_an_open_one_closes()
    {
        var part = RenderHours();
        part.Find("input[aria-label='Window 1: from']").Change("08:30");
        var grid = part.FindComponent<WeekGrid>().Instance;

        await grid.PaintAsync(2, 8, 2, 8);
        Assert.Equal("open", State(part, day: 2, hour: 8));
        Assert.Equal("partly open", State(part, day: 3, hour: 8));

        await grid.PaintAsync(2, 8, 2, 8);
        Assert.Equal("closed", State(part, day: 2, hour: 8));
    }

    [Fact]
    public void Those_who_only_look_get_no_cell_to_press()
    {
        var grid = Render<WeekGrid>(p =>
            p.Add(g => g.Windows, [new WeekWindow(1, 9 * 3600, 17 * 3600)])
                .Add(g => g.ReadOnly, true)
        );

        Assert.Empty(grid.FindAll("[tabindex]"));
        Assert.Equal("true", grid.Find("[role=grid]").GetAttribute("aria-readonly"));
        Assert.Single(grid.FindAll(".week-bar"));
    }

    private static string State(IRenderedComponent<IComponent> part, int day, int hour) =>
        part.Find($".week-cell[data-day='{day}'][data-hour='{hour}']")
            .GetAttribute("aria-label")!
            .Split(", ")[1];

    private IRenderedComponent<IComponent> RenderHours()
    {
        IRenderedComponent<CascadingValue<RuleEditing>>? root = null;
        RuleEditing? editing = null;
        editing = new RuleEditing(_form, () => root?.Render(Parameters));
        root = Render<CascadingValue<RuleEditing>>(Parameters);
        return root;

        void Parameters(ComponentParameterCollectionBuilder<CascadingValue<RuleEditing>> p) =>
            p.Add(v => v.Value, editing!).AddChildContent<WeekHoursFields>();
    }
}
