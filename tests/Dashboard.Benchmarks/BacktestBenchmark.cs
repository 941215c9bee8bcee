using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dashboard.Data.Compliance.Backtest;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Contacts.Reservation;
using Dashboard.Data.Hosting;
using Dashboard.Domain.Compliance;
using Dashboard.Engine;
using Dashboard.Engine.Dispatch;
using Dashboard.Engine.Sending;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Benchmarks;

/// <summary>
/// <c>backtest [attempts] [dispatched tasks]</c>: replays 1,000,000 past contacts of 50,000 customers, each with a clearance as the
/// dispatcher writes it, against a frequency rule and a time window; then dispatches tasks with and without a backtest beside.
/// Aim: under 30 s. Seconds of processor time count on a machine that others use.
/// </summary>
internal static class BacktestBenchmark
{
    private const int AttemptsEach = 20;
    private const int Days = 90;

    private static readonly DateTime s_from = Some.Now.AddDays(-Days);

    private static readonly (string Name, string Condition)[] s_drafts =
    [
        (
            "frequency per invoice",
            """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":2,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","delivered","answered"]}"""
        ),
        (
            "time window",
            """{"kind":"time_window","channels":["any"],"windows":[{"days":["mon","tue","wed","thu","fri"],"start":"09:00","end":"17:00"}]}"""
        ),
    ];

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(string[] args)
    {
        var attempts =
            args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var tasks = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4_000;
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database, attempts);
        using var runner = new BacktestRunner(
            new ReadDatabase(database.DataSource),
            TimeProvider.System
        );
        foreach (var (name, condition) in s_drafts)
        {
            await MeasureAsync(database, runner, name, condition);
        }

        await BesideDispatcherAsync(database, runner, tasks);
    }

    private static async Task MeasureAsync(
        TestDatabase database,
        BacktestRunner runner,
        string name,
        string condition
    )
    {
        var server = await ServerTimeAsync(database);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        using var memory = new PeakMemory();
        var report = (await runner.RunAsync(Request(condition))).Value;
        var seconds = clock.Elapsed.TotalSeconds;
        var own = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        server = await ServerTimeAsync(database) - server;
        Console.WriteLine(
            $"{name}: {report.Total.Contacts:N0} contacts in {seconds:0.0} s = {report.Total.Contacts / seconds:N0}/s, "
                + $"{own:0.0} s of processor time here and {server:0.0} s in the server, heap at most {memory.Peak >> 20} MB; "
                + $"{report.Total.Changed:N0} would change ({report.Total.Later:N0} later)"
        );
    }

    /// <summary>Seconds of processor time of the server's processes for this database; the pool keeps them.</summary>
    private static async Task<double> ServerTimeAsync(TestDatabase database)
    {
        var seconds = 0.0;
        foreach (
            var pid in await database.DataSource.QueryAsync(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            )
        )
        {
            using var process = Process.GetProcessById(
                int.Parse(pid, CultureInfo.InvariantCulture)
            );
            seconds += process.TotalProcessorTime.TotalSeconds;
        }

        return seconds;
    }

    // Rounds with and without alternate, so that both meet the same machine.
    private static async Task BesideDispatcherAsync(
        TestDatabase database,
        BacktestRunner runner,
        int tasks
    )
    {
        var ratios = new List<double>();
        await DispatchAsync(database, tasks / 4);
        for (var round = 1; round <= 3; round++)
        {
            var alone = await DispatchAsync(database, tasks);
            using var stop = new CancellationTokenSource();
            var backtest = AgainAndAgainAsync(runner, stop.Token);
            var beside = await DispatchAsync(database, tasks);
            await stop.CancelAsync();
            await backtest;
            ratios.Add(beside / alone);
            Console.WriteLine(
                $"round {round}: {alone:N0} tasks/s alone, {beside:N0} tasks/s beside a backtest, {ratios[^1]:P0}"
            );
        }

        ratios.Sort();
        Console.WriteLine(
            $"dispatcher beside a backtest: {ratios[1]:P0} of its speed without (median of 3, {Environment.ProcessorCount} processors)"
        );
    }

    private static async Task AgainAndAgainAsync(BacktestRunner runner, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await runner.RunAsync(Request(s_drafts[0].Condition), null, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The round is over.
        }
    }

    private static BacktestRequest Request(string condition) =>
        new(
            new RuleDraft
            {
                Name = "Draft",
                RuleType = "benchmark",
                Condition = JsonDocument.Parse(condition).RootElement,
            },
            s_from,
            Some.Now
        );

    /// <summary>Tasks a second through the gate.</summary>
    private static async Task<double> DispatchAsync(TestDatabase database, int tasks)
    {
        await database.DataSource.ExecuteAsync(
            $$"""
            INSERT INTO tasks (id, type, priority, customer_id, status, context, due_at)
            SELECT gen_random_uuid(), 'send_email', 'medium', id, 'pending',
                   '{"channel": "email", "template": "friendly_reminder"}', '2026-06-01'
            FROM (SELECT id FROM customers ORDER BY random() LIMIT {{tasks}}) c
            """
        );
        var dispatcher = new Dispatcher(
            database.DataSource,
            new ContactReservation(new StoredRuleCache(), new TestClock(Some.Now)),
            new Outbox(),
            new EngineIdentity(),
            Options.Create(new EngineOptions()),
            new TestClock(Some.Now)
        );
        var clock = Stopwatch.StartNew();
        var done = 0;
        while (await dispatcher.RunOnceAsync() is { Claimed: > 0 } batch)
        {
            done += batch.Claimed;
        }

        return done / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Customers with their past contacts, made by SQL.</summary>
    internal static async Task FillAsync(TestDatabase database, int attempts)
    {
        var clock = Stopwatch.StartNew();
        await database.AddAsync(Some.Agent(a => a.MaxConcurrentTasks = 10_000_000), Some.Rule());
        var customers = Math.Max(1, attempts / AttemptsEach);
        await SqlAsync(
            database,
            $$"""
            INSERT INTO customers (id, company_name, contact_name, email)
            SELECT gen_random_uuid(), 'Company ' || i, 'Person ' || i, 'p' || i || '@customer.example' FROM generate_series(1, {{customers}}) i;
            INSERT INTO customer_profiles (id, customer_id, timezone)
            SELECT gen_random_uuid(), id, (ARRAY['America/New_York', 'America/Denver', 'Europe/London', 'Asia/Kolkata'])[1 + (random() * 3)::int]
            FROM customers;
            INSERT INTO payment_records (id, customer_id, amount, due_date, status, invoice_number)
            SELECT gen_random_uuid(), id, 100, '2026-02-01', 'overdue', 'I-' || i || email FROM customers, generate_series(1, 2) i;
            INSERT INTO campaigns (id, name, customer_id, status, escalation_steps, current_step, start_date)
            SELECT gen_random_uuid(), 'Escalation ' || (random() * 30)::int, id, 'active', '[]', 0, '2026-02-01' FROM customers;
            INSERT INTO tasks (id, type, priority, customer_id, campaign_id, status, context)
            SELECT gen_random_uuid(), 'make_call', 'medium', customer_id, id, 'completed', '{"step_number": 1}' FROM campaigns
            """
        );
        await CopyAsync(database, attempts);
        await SqlAsync(database, "ANALYZE");
        Console.WriteLine(
            $"{attempts:N0} attempts of {customers:N0} customers made in {clock.Elapsed.TotalSeconds:0} s"
        );
    }

    private static async Task CopyAsync(TestDatabase database, int attempts)
    {
        var agent = await database.DataSource.ScalarAsync<Guid>("SELECT id FROM agents");
        var tasks = new List<(Guid Task, Guid Customer, Guid Campaign, Guid[] Debts)>();
        await using (
            var command = database.DataSource.CreateCommand(
                """
                SELECT t.id, t.customer_id, t.campaign_id, array_agg(p.id)
                FROM tasks t JOIN payment_records p USING (customer_id) GROUP BY t.id
                """
            )
        )
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tasks.Add(
                    (
                        reader.GetGuid(0),
                        reader.GetGuid(1),
                        reader.GetGuid(2),
                        reader.GetFieldValue<Guid[]>(3)
                    )
                );
            }
        }

        var random = new Random(1);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        // Checking four foreign keys a million times would take longer than everything else.
        await using (
            var trust = new NpgsqlCommand("SET session_replication_role = replica", connection)
        )
        {
            await trust.ExecuteNonQueryAsync();
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY contact_attempts (id, task_id, agent_id, customer_id, campaign_id, channel, status, timestamp, metadata) FROM STDIN (FORMAT binary)"
        );
        copy.Timeout = TimeSpan.FromMinutes(10);
        string[] channels = ["phone", "phone", "email", "sms"];
        string[] statuses = ["sent", "delivered", "answered", "failed"];
        for (var i = 0; i < attempts; i++)
        {
            // In order of time, as they come in real life: a customer's rows lie far apart.
            var (task, customer, campaign, debts) = tasks[random.Next(tasks.Count)];
            var at = s_from.AddSeconds((double)i / attempts * Days * 86_400);
            var channel = channels[random.Next(channels.Length)];
            await copy.StartRowAsync();
            await copy.WriteAsync(Guid.CreateVersion7(new DateTimeOffset(at)), NpgsqlDbType.Uuid);
            await copy.WriteAsync(task, NpgsqlDbType.Uuid);
            await copy.WriteAsync(agent, NpgsqlDbType.Uuid);
            await copy.WriteAsync(customer, NpgsqlDbType.Uuid);
            await copy.WriteAsync(campaign, NpgsqlDbType.Uuid);
            await copy.WriteAsync(channel, NpgsqlDbType.Varchar);
            await copy.WriteAsync(
                channel == "phone" ? statuses[random.Next(4)] : "delivered",
                NpgsqlDbType.Varchar
            );
            await copy.WriteAsync(
                DateTime.SpecifyKind(at, DateTimeKind.Unspecified),
                NpgsqlDbType.Timestamp
            );
            await copy.WriteAsync(Metadata(at, debts), NpgsqlDbType.Jsonb);
        }

        await copy.CompleteAsync();
    }

    private static string Metadata(DateTime at, Guid[] debts)
    {
        const string Finding = """
            {"rule_id": "0197b4c8-5a3e-7d11-9c1f-0a4be2d0f5aa", "rule": "At most 7 calls in 7 days", "kind": "frequency", "action": "block_contact", "verdict": "allowed", "explanation": "2 of 7 calls about this invoice in 7 days", "facts": {"count": "2", "max": "7", "period": "calendar_days 7", "per": "debt", "zone": "America/New_York"}, "rule_version": "2026-01-01T00:00:00Z"}
            """;
        return $$$"""
            {"delivery": "confirmed", "provider": "simulated", "idempotency_key": "{{{debts[
                0
            ]}}}", "clearance": {"decision": "allowed", "evaluated_at": "{{{at:O}}}", "debts": ["{{{debts[
                0
            ]}}}", "{{{debts[
                1
            ]}}}"], "timezone": "America/New_York", "findings": [{{{Finding}}}, {{{Finding}}}, {{{Finding}}}, {{{Finding}}}, {{{Finding}}}]}}
            """;
    }

    private static async Task SqlAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The largest managed heap seen while it lives, looked at after each collection.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer _timer;
        private long _peak;

        public PeakMemory() =>
            _timer = new Timer(_ => _peak = Math.Max(_peak, GC.GetTotalMemory(false)), null, 0, 20);

        public long Peak => _peak;

        public void Dispose() => _timer.Dispose();
    }
}
