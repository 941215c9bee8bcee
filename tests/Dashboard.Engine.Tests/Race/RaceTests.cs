using System.Globalization;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Race;

/// <summary>
/// Eight engine processes, people and programs at the same 200 customers, rules that allow only a few contacts, and stops that
/// arrive meanwhile: not one contact may be in violation. Twenty seconds in the test run; <c>RACE_SECONDS=60</c> by hand.
/// </summary>
public sealed class RaceTests(ITestOutputHelper output) : EngineTest
{
    private const int Processes = 8;

    private static TimeSpan Length =>
        TimeSpan.FromSeconds(
            double.TryParse(
                Environment.GetEnvironmentVariable("RACE_SECONDS"),
                CultureInfo.InvariantCulture,
                out var seconds
            )
                ? seconds
                : 20
        );

    [Fact]
    public async Task Nobody_is_contacted_in_violation_whatever_runs_at_the_same_time()
    {
        var book = new RaceBook();
        await book.FillAsync(Database);
        using var processes = new RaceProcesses();
        await processes.StartAsync(Database, Processes);

        var rules = new RaceRules(RaceClock.Now, Length);
        await Database.AddAsync([.. rules.Rows()]);
        await book.AddTasksAsync(Database);
        var stops = new RaceStops();
        var load = new RaceLoad(Database, book, stops);
        await load.RunAsync(Length);
        Assert.Equal(Processes, processes.Running);
        processes.Dispose();

        var oracle = new RaceOracle(Database, rules, stops);
        var violations = await oracle.JudgeAsync("contact_attempts");
        var plants = new RacePlants(Database, book, rules, stops);
        await plants.PlantAsync();
        var found = await oracle.JudgeAsync(RacePlants.Copy);

        await ReportAsync(load, stops, violations, plants, found);
        Assert.Empty(violations);
        Assert.Empty(plants.Planted.Except(found));
    }

    private async Task ReportAsync(
        RaceLoad load,
        RaceStops stops,
        HashSet<Violation> violations,
        RacePlants plants,
        HashSet<Violation> found
    )
    {
        var contacts = await CountAsync("contact_attempts WHERE status <> 'failed'");
        var conversations = await CountAsync(
            "contact_attempts WHERE status = 'answered' AND duration > 0"
        );
        var refusals = await CountAsync("ops.gate_refusals");
        output.WriteLine(
            $"{Processes} processes, {Length.TotalSeconds:0} s: {contacts} contacts made ({load.Started} by people and programs, "
                + $"{conversations} conversations), {refusals} refusals kept, {load.Refused} starts refused, "
                + $"{stops.All.Count} stops; {violations.Count} violations; {plants.Planted.Intersect(found).Count()} of {plants.Planted.Count} planted found"
        );
        foreach (var violation in violations.Take(20))
        {
            output.WriteLine($"{violation.Rule}: {violation.Attempt}");
        }

        Assert.True(contacts > 50, $"Only {contacts} contacts were made; the race proves nothing.");
        Assert.True(load.Started > 0 && conversations > 0 && refusals > contacts);
    }

    private Task<long> CountAsync(string from) =>
        Database.DataSource.ScalarAsync<long>($"SELECT count(*) FROM {from}");
}
