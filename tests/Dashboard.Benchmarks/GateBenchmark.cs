using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;

namespace Dashboard.Benchmarks;

/// <summary>
/// Gate evaluations on one core for a customer with 10 rules and 50 past attempts (aim: 200,000 a second, 5 µs each).
/// <c>gate --job short --inprocess</c> takes a minute; <c>gate --cpu</c> measures processor time instead of the clock.
/// </summary>
[MemoryDiagnoser]
public class GateBenchmark
{
    private static readonly DateTime Noon = new(2026, 5, 5, 16, 0, 0, DateTimeKind.Utc);

    // US Regulation F with what some states and a careful house add; the last two concern other channels than the call.
    private static readonly string[] Conditions =
    [
        """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""",
        """{"kind":"time_window","channels":["phone"],"windows":[{"days":["mon","tue","wed","thu","fri"],"start":"09:00","end":"18:00"}],"closed_dates":["2026-05-25","2026-07-03"]}""",
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":7,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","delivered","answered"],"consent_exempt":true}""",
        """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":6,"period":{"type":"calendar_days","days":1},"per":"debt","count_statuses":["sent","delivered","answered"]}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":60,"period":{"type":"calendar_month"},"per":"customer","count_statuses":["sent","delivered","opened","answered","replied"]}""",
        """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":30,"period":{"type":"rolling_hours","hours":168},"per":"customer","count_statuses":["sent","delivered","opened","answered","replied"]}""",
        """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"debt","consent_exempt":true}""",
        """{"kind":"min_interval","channels":["phone"],"count_channels":["phone"],"minutes":5,"count_statuses":["sent","delivered","answered"]}""",
        """{"kind":"channel_block","channels":["sms"]}""",
        """{"kind":"consent_required","channels":["sms"],"max_age_days":60}""",
    ];

    private readonly RuleSet _rules = RuleSet.Compile(
        Conditions.Select(
            (condition, i) =>
                new ComplianceRule
                {
                    Id = Guid.CreateVersion7(),
                    Name = $"Rule {i}",
                    Condition = JsonDocument.Parse(condition).RootElement,
                }
        )
    );

    private readonly ContactFacts _facts = Facts(daysApart: 2);
    private readonly ContactFacts _busy = Facts(daysApart: 0.25);
    private readonly ContactRequest _one = new(Channel.Phone, Noon, ["debt-1"]);
    private readonly ContactRequest _grouped = new(
        Channel.Phone,
        Noon,
        [.. Enumerable.Range(0, 25).Select(i => $"debt-{i}")]
    );

    /// <summary>The dispatcher's usual case.</summary>
    [Benchmark(Baseline = true)]
    public GateVerdict Allowed() => ComplianceGate.Evaluate(_facts, _rules, _one).Verdict;

    /// <summary>Two rules refuse and the next instant is searched for.</summary>
    [Benchmark]
    public DateTime Blocked() =>
        ComplianceGate.Evaluate(_busy, _rules, _one).NextAllowedAt
        ?? throw new InvalidOperationException("The busy customer should be blocked for a while.");

    /// <summary>One contact about 25 invoices, each with its own count.</summary>
    [Benchmark]
    public GateVerdict Grouped() => ComplianceGate.Evaluate(_facts, _rules, _grouped).Verdict;

    /// <summary>The words of all findings, as a clearance needs them.</summary>
    [Benchmark]
    public int AllowedWithWords()
    {
        var length = 0;
        foreach (var finding in ComplianceGate.Evaluate(_facts, _rules, _one).Findings)
        {
            length += finding.Explanation.Length + finding.Facts.Count;
        }
        return length;
    }

    internal static async Task RunAsync(string[] args)
    {
        if (args is ["--cpu"])
        {
            await MeasureCpuAsync(new GateBenchmark());
            return;
        }
        BenchmarkSwitcher.FromTypes([typeof(GateBenchmark)]).Run(["--filter", "*", .. args]);
    }

    // By processor time of this process, which says the same on a machine that others use too.
    private static async Task MeasureCpuAsync(GateBenchmark benchmark)
    {
        (string Name, Action Run)[] cases =
        [
            (nameof(Allowed), () => benchmark.Allowed()),
            (nameof(Blocked), () => benchmark.Blocked()),
            (nameof(Grouped), () => benchmark.Grouped()),
            (nameof(AllowedWithWords), () => benchmark.AllowedWithWords()),
        ];
        const int Rounds = 200_000;
        foreach (var (name, run) in cases)
        {
            Repeat(run, Rounds);
            var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            Repeat(run, Rounds);
            var seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            bytes = (GC.GetTotalAllocatedBytes() - bytes) / Rounds;
            await Console.Out.WriteLineAsync(
                $"{name, -18}{Rounds / seconds, 12:N0} evaluations per CPU second, {bytes:N0} bytes each"
            );
        }
    }

    private static void Repeat(Action run, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            run();
        }
    }

    private static ContactFacts Facts(double daysApart) =>
        new()
        {
            Timezone = "America/New_York",
            History =
            [
                .. Enumerable
                    .Range(1, 50)
                    .Select(i => new PastContact(
                        i % 2 == 0 ? Channel.Phone : Channel.Email,
                        Noon.AddDays(-i * daysApart),
                        i % 16 == 0 ? ContactStatus.Answered : ContactStatus.Sent,
                        ["debt-1"],
                        i % 16 == 0 ? 90 : null
                    )),
            ],
        };
}
