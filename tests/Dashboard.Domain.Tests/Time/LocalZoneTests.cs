using Dashboard.Domain.Time;

namespace Dashboard.Domain.Tests.Time;

public sealed class LocalZoneTests
{
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Pacific/Chatham")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Africa/Cairo")]
    [InlineData("Europe/Dublin")]
    [InlineData("Pacific/Apia")]
    [InlineData("Antarctica/Troll")]
    public void The_table_agrees_with_the_system_hour_by_hour(string name)
    {
        var zone = LocalZone.Find(name)!;
        var system = TimeZoneInfo.FindSystemTimeZoneById(name);
        var end = new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (
            var at = new DateTime(2009, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            at < end;
            at = at.AddMinutes(30)
        )
        {
            var expected = system.GetUtcOffset(at).Ticks;
            if (expected != zone.OffsetAt(at.Ticks))
            {
                Assert.Fail($"{name} at {at:O}: {zone.OffsetAt(at.Ticks)} instead of {expected}");
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("UTC+5:30")]
    [InlineData("Eastern Standard Time")]
    [InlineData("../../etc/passwd")]
    [InlineData("right/America/New_York")]
    [InlineData("localtime")]
    [InlineData("Mars/Phobos")]
    public void What_is_not_an_IANA_name_is_no_zone(string? name) =>
        Assert.Null(LocalZone.Find(name));

    [Fact]
    public void Old_names_mean_what_they_meant_wherever_the_program_runs()
    {
        Assert.Equal("America/New_York", ZoneLinks.Target("US/Eastern"));
        Assert.Equal("Asia/Kolkata", ZoneLinks.Target("Asia/Calcutta"));
        Assert.Equal("Calcutta (Asia/Calcutta)", LocalZone.Find("Asia/Calcutta")?.ToString());
    }

    [Theory]
    // Cairo moved from 00:00 to 01:00 on 24 April 2026; Samoa had no 30 December 2011 at all.
    [InlineData("Africa/Cairo", 2026, 4, 24, "2026-04-23T22:00:00")]
    [InlineData("America/Havana", 2026, 11, 1, "2026-11-01T04:00:00")]
    [InlineData("Pacific/Apia", 2011, 12, 30, "2011-12-30T10:00:00")]
    public void A_day_starts_with_its_first_instant(
        string name,
        int year,
        int month,
        int day,
        string utc
    )
    {
        var start = LocalZone.Find(name)!.StartOfDay(new DateOnly(year, month, day).DayNumber);

        Assert.Equal(utc, new DateTime(start).ToString("s"));
    }
}
