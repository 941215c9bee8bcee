using System.Diagnostics;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Contacts.Reservation;
using Dashboard.Engine;
using Dashboard.Engine.Dispatch;
using Dashboard.Engine.Sending;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Benchmarks;

/// <summary>
/// Tasks a second through claim, facts, gate and reservation, on a database of its own: due e-mails of customers with 20 past
/// contacts each, the hours of Regulation F and four limits, agents with room for all. Aim: thousands a second on 2 cores, the
/// database included. <c>dispatch [tasks] [dispatchers]</c>.
/// </summary>
internal static class DispatchBenchmark
{
    public static async Task RunAsync(string[] args)
    {
        var tasks = args.Length > 0 ? int.Parse(args[0]) : 20_000;
        var dispatchers = args.Length > 1 ? int.Parse(args[1]) : 2;
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database, tasks);

        // The first batch compiles and plans.
        var warm = await Create(database.DataSource).RunOnceAsync();
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(
            Enumerable.Range(0, dispatchers).Select(_ => DrainAsync(database.DataSource))
        );
        clock.Stop();
        var total = done.Sum();
        Console.WriteLine(
            $"{dispatchers} dispatcher(s), {warm.Claimed} tasks a batch: {total} tasks in {clock.Elapsed.TotalSeconds:0.0} s"
                + $" = {total / clock.Elapsed.TotalSeconds:0} tasks/s through the full gate"
        );
    }

    private static async Task<int> DrainAsync(NpgsqlDataSource source)
    {
        var dispatcher = Create(source);
        var total = 0;
        while (true)
        {
            var result = await dispatcher.RunOnceAsync();
            if (result.Claimed == 0)
            {
                return total;
            }

            total += result.Allowed;
        }
    }

    private static Dispatcher Create(NpgsqlDataSource source) =>
        new(
            source,
            new ContactReservation(new StoredRuleCache(), new TestClock(Some.Now)),
            new Outbox(),
            new EngineIdentity(),
            Options.Create(new EngineOptions()),
            new TestClock(Some.Now)
        );

    private static async Task FillAsync(TestDatabase database, int tasks)
    {
        var agents = Enumerable
            .Range(0, 8)
            .Select(_ => Some.Agent(a => a.MaxConcurrentTasks = tasks));
        await database.AddAsync([.. agents]);
        await database.AddAsync([.. Rules()]);
        await using var fill = database.DataSource.CreateCommand(
            $"""
            INSERT INTO customers (id, company_name, contact_name, email)
            SELECT gen_random_uuid(), 'Company ' || i, 'Person ' || i, 'p' || i || '@customer.example'
            FROM generate_series(1, {tasks}) i;
            INSERT INTO customer_profiles (id, customer_id, timezone)
            SELECT gen_random_uuid(), id, 'America/New_York' FROM customers;
            INSERT INTO payment_records (id, customer_id, amount, due_date, status, invoice_number)
            SELECT gen_random_uuid(), id, 100, '2026-05-01', 'overdue', 'I-' || email FROM customers;
            INSERT INTO tasks (id, type, priority, customer_id, status, context, due_at)
            SELECT gen_random_uuid(), 'send_email', 'medium', id, 'pending',
                   jsonb_build_object('channel', 'email', 'template', 'friendly_reminder'), timestamp '2026-06-01'
            FROM customers;
            INSERT INTO contact_attempts (id, task_id, agent_id, customer_id, channel, status, timestamp, metadata)
            SELECT gen_random_uuid(), t.id, (SELECT id FROM agents LIMIT 1), t.customer_id, 'email', 'delivered',
                   timestamp '2026-06-01' - i * interval '36 hours',
                   jsonb_build_object('delivery', 'confirmed', 'clearance', jsonb_build_object('debts', jsonb_build_array(t.id)))
            FROM tasks t, generate_series(1, 20) i;
            ANALYZE
            """
        );
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
    }

    private static IEnumerable<Domain.Compliance.ComplianceRule> Rules() =>
        new[]
        {
            """{"kind":"time_window","channels":["any"],"windows":[{"start":"08:00","end":"21:00"}]}""",
            """{"kind":"frequency","channels":["phone"],"count_channels":["phone"],"max":7,"period":{"type":"calendar_days","days":7},"per":"debt","count_statuses":["sent","delivered","answered"]}""",
            """{"kind":"frequency","channels":["any"],"count_channels":["any"],"max":20,"period":{"type":"rolling_hours","hours":168},"per":"customer","count_statuses":["sent","delivered","opened","answered","replied"]}""",
            """{"kind":"conversation_cooldown","channels":["phone"],"days":7,"per":"debt"}""",
            """{"kind":"min_interval","channels":["any"],"count_channels":["any"],"minutes":5,"count_statuses":["sent","delivered","answered"]}""",
        }.Select(condition =>
            Some.Rule(r =>
                r.Condition =
                    System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(
                        condition
                    )
            )
        );
}
