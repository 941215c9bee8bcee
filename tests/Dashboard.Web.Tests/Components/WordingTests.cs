using Dashboard.Web.Components;
using Xunit;

namespace Dashboard.Web.Tests.Components;

public sealed class WordingTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 15, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-44, "just now")]
    [InlineData(30, "in a moment")]
    [InlineData(-60, "1 min ago")]
    [InlineData(8040, "in 2 h 14 min")]
    [InlineData(-7200, "2 h ago")]
    [InlineData(-97200, "1 d 3 h ago")]
    [InlineData(-86400, "1 d ago")]
    [InlineData(259200, "in 3 d")]
    public void Distances_have_at_most_two_units(int seconds, string expected) =>
        Assert.Equal(expected, Times.Relative(Now.AddSeconds(seconds), Now));

    [Fact]
    public void An_absolute_time_names_its_zone()
    {
        Assert.Equal("23 Nov 2026, 08:00 Denver time", Times.Absolute(Now, "America/Denver"));
        Assert.Equal("23 Nov 2026, 15:00 UTC", Times.Absolute(Now, "Nowhere/Atlantis"));
    }

    [Theory]
    [InlineData("2026-11-23T15:00:00Z", "America/Denver", "2026-11-23T07:00:00Z")]
    [InlineData("2026-11-23T03:00:00Z", "America/Denver", "2026-11-22T07:00:00Z")]
    [InlineData("2026-11-23T15:00:00Z", null, "2026-11-23T00:00:00Z")]
    // Midnight does not exist in Santiago on the day summer time begins.
    [InlineData("2026-09-06T15:00:00Z", "America/Santiago", "2026-09-06T04:00:00Z")]
    public void The_day_begins_at_the_readers_midnight(string at, string? zone, string expected) =>
        Assert.Equal(Utc(expected), Times.StartOfDay(Utc(at), zone));

    [Theory]
    [InlineData(1234.5, "USD", "$1,234.50")]
    [InlineData(-20, "EUR", "−€20.00")]
    [InlineData(1234.5, "CHF", "CHF 1,234.50")]
    public void Money_always_names_its_currency(double amount, string currency, string expected) =>
        Assert.Equal(expected, Moneys.Format((decimal)amount, currency));

    [Theory]
    [InlineData(1_240_000, "$1.24 M")]
    [InlineData(412_345, "$412 k")]
    [InlineData(88_040, "$88 k")]
    [InlineData(9_999, "$9,999")]
    [InlineData(999_600, "$1 M")]
    [InlineData(0, "$0")]
    public void Key_figures_keep_three_digits_of_meaning(int amount, string expected) =>
        Assert.Equal(expected, Moneys.Brief(amount, "USD"));

    [Fact]
    public void Roles_read_as_a_sentence() =>
        Assert.Equal(
            "collections manager, supervisor or administrator",
            RoleNames.Sentence("CollectionsManager,Supervisor,Administrator")
        );

    private static DateTime Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
