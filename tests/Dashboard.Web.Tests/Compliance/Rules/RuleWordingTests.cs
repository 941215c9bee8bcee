using Dashboard.Data.Compliance.Rules;
using Dashboard.Web.Features.Compliance.Rules;
using Dashboard.Web.Features.Compliance.Rules.Form;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Rules;

public sealed class RuleWordingTests
{
    private static readonly DateTime s_now = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Words_that_differ_are_marked_and_the_text_stays_whole()
    {
        var (before, after) = WordDiff.Between(
            "at most 7 calls in 7 days",
            "at most 3 calls and SMS in 7 days"
        );

        Assert.Equal("at most 7 calls in 7 days", string.Concat(before.Select(p => p.Text)));
        Assert.Equal(["7"], before.Where(p => p.IsChanged).Select(p => p.Text));
        Assert.Equal(["3", "and SMS "], after.Where(p => p.IsChanged).Select(p => p.Text));
    }

    [Fact]
    public void A_text_that_is_new_is_marked_as_a_whole()
    {
        var (before, after) = WordDiff.Between(null, "House policy");

        Assert.Empty(before);
        Assert.Equal([new DiffPart("House policy", true)], after);
    }

    [Fact]
    public void The_time_it_comes_into_force_is_read_in_its_zone()
    {
        var read = ActivationTime.Read(new DateTime(2026, 7, 1, 8, 0, 0), "America/Denver", s_now);

        Assert.Equal(new DateTime(2026, 7, 1, 14, 0, 0, DateTimeKind.Utc), read.Value);
    }

    [Theory]
    [InlineData("2026-03-08T02:30", "skip")]
    [InlineData("2026-02-01T08:00", "over")]
    public void A_time_that_is_none_is_refused_with_the_remedy(string local, string says)
    {
        var at = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);

        var read = ActivationTime.Read(at, "America/Denver", s_now);

        Assert.Contains(says, read.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_time_the_clocks_have_twice_the_first_counts()
    {
        var read = ActivationTime.Read(
            new DateTime(2026, 11, 1, 1, 30, 0),
            "America/Denver",
            s_now
        );

        Assert.Equal(new DateTime(2026, 11, 1, 7, 30, 0, DateTimeKind.Utc), read.Value);
    }

    [Theory]
    [InlineData(0b111_1111, "Every day")]
    [InlineData(0b001_1111, "Mon–Fri")]
    [InlineData(0b110_0000, "Sat, Sun")]
    [InlineData(0b100_0001, "Mon, Sun")]
    [InlineData(0, "No day")]
    public void Days_are_said_as_people_say_them(int bits, string text) =>
        Assert.Equal(text, WeekWording.Days(bits));

    [Fact]
    public void What_a_rule_did_is_said_with_what_it_stopped_first() =>
        Assert.Equal(
            "12 blocked, 3 deferred, 1,204 allowed",
            TallyWording.Sentence(new RuleFigures(1204, 0, 3, 12, 0, 0))
        );
}
