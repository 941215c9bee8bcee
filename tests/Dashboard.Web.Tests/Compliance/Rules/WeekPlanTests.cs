using Dashboard.Web.Features.Compliance.Rules.Form;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Rules;

public sealed class WeekPlanTests
{
    private const int Hour = 3_600;
    private const int Weekdays = 0b001_1111;

    [Fact]
    public void A_window_over_midnight_shows_on_both_days_and_sunday_runs_into_monday()
    {
        var days = WeekPlan.Stretches([new(0b100_0000, 20 * Hour, 2 * Hour)]);

        Assert.Equal([new DayStretch(20 * Hour, 24 * Hour)], days[6]);
        Assert.Equal([new DayStretch(0, 2 * Hour)], days[0]);
        Assert.All(days.Skip(1).Take(5), Assert.Empty);
    }

    [Fact]
    public void Closing_the_middle_of_a_day_leaves_two_windows_and_the_minutes_of_the_rest()
    {
        var start = (7 * Hour) + (30 * 60);
        var after = WeekPlan.Paint(
            [new(Weekdays, start, 21 * Hour)],
            new WeekCells(0, 12, 0, 12),
            open: false
        );

        Assert.Equal(
            [
                new WeekWindow(0b000_0001, start, 12 * Hour),
                new WeekWindow(0b000_0001, 13 * Hour, 21 * Hour),
                new WeekWindow(0b001_1110, start, 21 * Hour),
            ],
            after
        );
    }

    [Fact]
    public void Opening_and_closing_the_same_cells_again_gives_back_what_was_there()
    {
        WeekWindow[] before = [new(Weekdays, 9 * Hour, 17 * Hour)];
        var cells = new WeekCells(5, 10, 6, 12);

        var open = WeekPlan.Paint(before, cells, open: true);

        Assert.Equal([.. before, new WeekWindow(0b110_0000, 10 * Hour, 13 * Hour)], open);
        Assert.Equal(before, WeekPlan.Paint(open, cells, open: false));
    }

    [Fact]
    public void An_evening_over_midnight_stays_one_window_when_another_hour_is_painted()
    {
        WeekWindow[] before = [new(0b001_0000, 20 * Hour, 2 * Hour)];

        var after = WeekPlan.Paint(before, new WeekCells(0, 9, 0, 9), open: true);

        Assert.Equal([new WeekWindow(1, 9 * Hour, 10 * Hour), before[0]], after);
    }

    [Fact]
    public void Evening_and_morning_that_were_two_windows_are_not_made_one()
    {
        // A closed Saturday closes a window over midnight as a whole, but not a Friday evening of its own.
        WeekWindow[] before = [new(0b001_0000, 20 * Hour, 24 * Hour), new(0b010_0000, 0, 2 * Hour)];

        Assert.Equal(before, WeekPlan.Paint(before, new WeekCells(0, 0, 0, 0), open: false));
    }

    [Fact]
    public void A_drag_from_the_lower_right_paints_the_same_cells()
    {
        var after = WeekPlan.Paint([], new WeekCells(3, 11, 1, 10), open: true);

        Assert.Equal([new WeekWindow(0b000_1110, 10 * Hour, 12 * Hour)], after);
    }

    [Theory]
    [InlineData(7, 1_800)]
    [InlineData(8, 3_600)]
    [InlineData(6, 0)]
    public void An_hour_can_be_open_in_part(int hour, int seconds)
    {
        var days = WeekPlan.Stretches([new(1, (7 * Hour) + 1_800, 21 * Hour)]);

        Assert.Equal(seconds, WeekPlan.OpenSeconds(days[0], hour));
    }
}
