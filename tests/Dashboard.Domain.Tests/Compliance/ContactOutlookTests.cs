using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Domain.Tests.Compliance;

public sealed class ContactOutlookTests
{
    private const string EightToNine =
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""";

    private static readonly LocalZone NewYork = LocalZone.Find("America/New_York")!;

    [Fact]
    public void A_week_of_hours_has_a_span_for_each_day_and_begins_now()
    {
        // Wednesday 15:00 UTC is 11:00 in New York.
        var days = Week(New(EightToNine), At(2026, 6, 3, 15)).Days(NewYork, 7);

        Assert.Equal(7, days.Count);
        Assert.Equal(new DateOnly(2026, 6, 3), days[0].Date);
        Assert.Equal([("11:00", "21:00")], Hours(days[0]));
        Assert.All(days.Skip(1), day => Assert.Equal([("08:00", "21:00")], Hours(day)));
    }

    [Theory]
    [InlineData(2026, 3, 8, 23)] // The clock skips 02:00 to 03:00.
    [InlineData(2026, 11, 1, 25)] // 01:00 to 02:00 comes twice.
    public void A_day_on_which_the_clock_is_changed_keeps_its_hours(
        int year,
        int month,
        int day,
        int length
    )
    {
        var found = Week(New(EightToNine), At(year, month, day, 12).AddDays(-1)).Days(NewYork, 7)[
            1
        ];

        Assert.Equal(new DateOnly(year, month, day), found.Date);
        Assert.Equal(length, (found.End - found.Start).TotalHours);
        Assert.Equal([("08:00", "21:00")], Hours(found));
    }

    [Fact]
    public void A_window_over_midnight_falls_on_both_days()
    {
        var rule =
            """{"kind":"time_window","channels":["any"],"windows":[{"days":["thu"],"start":"22:00","end":"01:30"}]}""";

        var days = Week(New(rule), At(2026, 6, 3, 15)).Days(NewYork, 7);

        Assert.Empty(Hours(days[0]));
        Assert.Equal([("22:00", "00:00")], Hours(days[1]));
        Assert.Equal([("00:00", "01:30")], Hours(days[2]));
    }

    [Fact]
    public void A_limit_frees_up_in_the_middle_of_the_week()
    {
        var rule =
            """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":2,"period":{"type":"calendar_days","days":7},"per":"customer","count_statuses":["sent"]}""";
        var facts = New(rule) with
        {
            Facts = new ContactFacts
            {
                Timezone = "America/New_York",
                History =
                [
                    new PastContact(Channel.Phone, At(2026, 5, 30, 15), ContactStatus.Sent, []),
                    new PastContact(Channel.Phone, At(2026, 6, 2, 15), ContactStatus.Sent, []),
                ],
            },
        };

        var spans = Week(facts, At(2026, 6, 3, 15)).Spans;

        // The call of 30 May leaves the seven days at local midnight, 6 June.
        Assert.Equal(
            [
                (At(2026, 6, 3, 15), At(2026, 6, 6, 4), GateVerdict.Blocked),
                (At(2026, 6, 6, 4), At(2026, 6, 10, 4), GateVerdict.Allowed),
            ],
            spans.Select(s => (s.From, s.Until, s.Verdict))
        );
        Assert.Equal("Rule 1", spans[0].Rule);
        Assert.Null(spans[1].Rule);
    }

    [Fact]
    public void Opt_outs_that_end_and_begin_are_edges_to_the_tick()
    {
        var (ends, begins) = (
            At(2026, 6, 4, 9).AddSeconds(17).AddTicks(3),
            At(2026, 6, 7, 1).AddMinutes(7)
        );
        var scenario = New() with
        {
            Facts = new ContactFacts
            {
                Timezone = "America/New_York",
                OptOuts =
                [
                    new OptOutFact(OptOutChannel.Phone, At(2026, 1, 1, 0), ends),
                    new OptOutFact(OptOutChannel.All, begins, null),
                ],
            },
        };

        var spans = Week(scenario, At(2026, 6, 3, 15)).Spans;

        Assert.Equal(
            [(ends, GateVerdict.Allowed), (begins, GateVerdict.Blocked)],
            spans.Skip(1).Select(s => (s.From, s.Verdict))
        );
    }

    [Fact]
    public void Nothing_possible_is_one_span()
    {
        var scenario = New() with { Facts = new ContactFacts { DoNotContact = true } };

        var span = Assert.Single(Week(scenario, At(2026, 6, 3, 15)).Spans);

        Assert.False(span.IsOpen);
        Assert.Equal("do_not_contact", span.Rule);
    }

    [Fact]
    public void An_end_that_has_passed_gives_no_span() =>
        Assert.Empty(
            ContactOutlook
                .Of(
                    new ContactFacts(),
                    RuleSet.Empty,
                    Request(At(2026, 6, 3, 15)),
                    At(2026, 6, 3, 15)
                )
                .Spans
        );

    [Fact]
    public void It_says_what_the_gate_says_at_any_instant() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(Scenarios.Any.ToArbitrary(), Agrees)
        );

    private static bool Agrees(Scenario scenario)
    {
        var begin = scenario.Request.At;
        var spans = Of(scenario, begin.AddDays(7)).Spans;
        var whole =
            spans[0].From == begin
            && spans[^1].Until == begin.AddDays(7)
            && spans.Zip(spans.Skip(1)).All(p => p.First.Until == p.Second.From);
        // Odd steps, so that the samples do not lie on the grid.
        return whole
            && Enumerable
                .Range(0, 331)
                .Select(i => begin + (i * TimeSpan.FromSeconds(1823)))
                .All(at => Agrees(scenario, spans, at));
    }

    private static bool Agrees(Scenario scenario, IReadOnlyList<OutlookSpan> spans, DateTime at)
    {
        var (drawn, asked) = (
            spans.Single(s => s.From <= at && at < s.Until),
            scenario.Evaluate(at)
        );
        return drawn.IsOpen == (asked.Verdict != GateVerdict.Blocked)
            // Only a closure that the grid steps over may be drawn as open.
            || (drawn.IsOpen && asked.NextAllowedAt - at < ContactOutlook.Grid);
    }

    private static ContactOutlook Week(Scenario scenario, DateTime at) =>
        Of(
            scenario with
            {
                Request = scenario.Request with { At = at },
            },
            ContactOutlook.Midnight(at, NewYork, 7)
        );

    private static ContactOutlook Of(Scenario scenario, DateTime until) =>
        ContactOutlook.Of(scenario.Facts, RuleSet.Compile(scenario.Rules), scenario.Request, until);

    private static Scenario New(params string[] conditions) =>
        new(
            new ContactFacts { Timezone = "America/New_York" },
            [.. conditions.Select(c => Scenarios.Rule(c))],
            Request(default)
        );

    private static ContactRequest Request(DateTime at) => new(Channel.Phone, at, []);

    private static IEnumerable<(string, string)> Hours(OutlookDay day) =>
        day.Spans.Where(s => s.IsOpen).Select(s => (Clock(s.From), Clock(s.Until)));

    private static string Clock(DateTime utc) => $"{NewYork.LocalAt(utc):HH:mm}";

    private static DateTime At(int year, int month, int day, int hour) =>
        new(year, month, day, hour, 0, 0, DateTimeKind.Utc);
}
