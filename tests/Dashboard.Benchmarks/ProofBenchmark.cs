using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Benchmarks;

/// <summary>
/// <c>proof [attempts]</c>: proves 1,000,000 past contacts of 50,000 customers, each with a clearance, under ten rules. Seconds
/// of processor time count on a machine that others use.
/// </summary>
internal static class ProofBenchmark
{
    // They look at everything and refuse next to nothing, as in a period in which the gate did its work.
    private static readonly string[] s_conditions =
    [
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"00:00","end":"24:00"}]}""",
        """{"kind":"time_window","channels":["phone"],"windows":[{"start":"00:00","end":"12:00"},{"start":"12:00","end":"24:00"}],"closed_dates":["2020-12-25"]}""",
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":40,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","delivered","answered"],"consent_exempt":true}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":60,"period":{"type":"calendar_month"},"per":"customer","count_statuses":["sent","delivered","answered"]}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":40,"period":{"type":"rolling_hours","hours":168},"per":"customer","count_statuses":["sent","delivered","answered"]}""",
        """{"kind":"frequency","channels":["email"],"count_channels":["email"],"max":40,"period":{"type":"calendar_days","days":1},"per":"customer","count_statuses":["sent","delivered"]}""",
        """{"kind":"frequency","channels":["sms"],"count_channels":["sms"],"max":40,"period":{"type":"calendar_week"},"per":"debt","count_statuses":["sent","delivered"]}""",
        """{"kind":"min_interval","channels":["phone"],"count_channels":["phone"],"minutes":0.01,"count_statuses":["sent","delivered","answered"]}""",
        """{"kind":"min_interval","channels":["any"],"count_channels":["any"],"minutes":0.01,"count_statuses":["sent","delivered","answered"]}""",
        """{"kind":"preferred_window"}""",
    ];

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(string[] args)
    {
        var attempts =
            args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        await using var database = await TestDatabase.CreateAsync();
        await BacktestBenchmark.FillAsync(database, attempts);
        await database.DataSource.ExecuteAsync("DELETE FROM compliance_rules");
        await database.DataSource.ExecuteAsync("DELETE FROM ops.rule_versions");
        await database.AddAsync([
            .. s_conditions.Select(c =>
                Some.Rule(r => r.Condition = JsonDocument.Parse(c).RootElement)
            ),
        ]);
        await database.DataSource.ExecuteAsync(
            "UPDATE ops.rule_versions SET valid_from = '2026-01-01'"
        );
        var clock = new TestClock(Some.Now);
        var runner = new ProofRunner(
            database.DataSource,
            new CommandRunner(database.Factory, clock),
            database.Factory,
            clock,
            NullLogger<ProofRunner>.Instance
        );

        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var run = (
            await runner.ProveAsync(
                Some.Now.AddDays(-100),
                Some.Now,
                Actor.System("benchmark"),
                default
            )
        ).Value;
        var seconds = watch.Elapsed.TotalSeconds;
        var own = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Console.WriteLine(
            $"{ProofSentence.Of(run.ContactsChecked, run.Violations, run.Planted, run.PlantedFound)} {run.Status} {run.Failure}"
        );
        Console.WriteLine(
            $"{s_conditions.Length} rules, {seconds:0.0} s = {run.ContactsChecked / seconds:N0} contacts/s, "
                + $"{own:0.0} s of processor time here (the server's comes to it), working set {Environment.WorkingSet >> 20} MB"
        );
    }
}
