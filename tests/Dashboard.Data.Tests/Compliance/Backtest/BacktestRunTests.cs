using Dashboard.Data.Compliance.Backtest;
using Dashboard.Tests.Shared;
using Npgsql;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Backtest;

/// <summary>How a run behaves beside others: progress, cancelling, turns, locks.</summary>
public sealed class BacktestRunTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly BacktestRequest s_request = new(
        PastWorld.Draft(PastWorld.Daily(2)),
        PastWorld.Start.AddDays(-400),
        PastWorld.Start.AddDays(1)
    );

    [Fact]
    public async Task Progress_never_goes_back_and_ends_with_everything()
    {
        using var world = await ManyAsync();
        var heard = new List<BacktestProgress>();

        var report = (await world.Runner.RunAsync(s_request, new Listener(heard.Add), Token)).Value;

        Assert.Equal([.. heard.Select(h => h.Done).Order()], heard.Select(h => h.Done));
        Assert.Equal([.. heard.Select(h => h.Phase).Order()], heard.Select(h => h.Phase));
        Assert.True(heard.Count(h => h.Phase == BacktestPhase.Replaying) >= 3);
        Assert.Equal((25_000, 25_000, 100), (heard[^1].Done, heard[^1].Total, heard[^1].Percent));
        Assert.Equal(25_000, report.Total.Contacts);
    }

    [Fact]
    public async Task Cancelling_ends_it_and_the_next_one_runs()
    {
        using var world = await ManyAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var last = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            world.Runner.RunAsync(
                s_request,
                new Listener(p =>
                {
                    last = p.Done;
                    if (p.Done > 0)
                    {
                        cancel.Cancel();
                    }
                }),
                cancel.Token
            )
        );

        Assert.InRange(last, 1, 24_999);
        Assert.True((await world.Runner.RunAsync(s_request, null, Token)).Succeeded);
    }

    [Fact]
    public async Task They_go_one_at_a_time_and_those_that_wait_are_told()
    {
        using var world = await ManyAsync();
        using var go = new ManualResetEventSlim();
        var (order, ahead) = (new List<int>(), new List<int>());
        var first = RunAsync(1, p => p.Phase == BacktestPhase.Gathering, () => go.Wait(Token));
        var second = RunAsync(2, p => p.Phase == BacktestPhase.Queued, () => { });
        var third = RunAsync(3, p => p.Phase == BacktestPhase.Queued, () => { });

        Assert.Equal([1, 2], ahead);
        go.Set();
        await Task.WhenAll(first, second, third);

        Assert.Equal([1, 2, 3], order);

        async Task RunAsync(int number, Func<BacktestProgress, bool> when, Action then)
        {
            var listener = new Listener(p =>
            {
                if (p.Phase == BacktestPhase.Queued)
                {
                    ahead.Add(p.Ahead);
                }

                if (when(p))
                {
                    then();
                }
            });
            await world.Runner.RunAsync(s_request, listener, Token);
            lock (order)
            {
                order.Add(number);
            }
        }
    }

    [Fact]
    public async Task It_holds_no_lock_that_a_dispatcher_or_an_officer_waits_for()
    {
        using var world = await ManyAsync();
        await using var writer = await fixture.Database.DataSource.OpenConnectionAsync(Token);
        var (looked, locks) = (false, new List<string>());

        await world.Runner.RunAsync(
            s_request,
            new Listener(p =>
            {
                if (p.Done > 0 && !looked)
                {
                    looked = true;
                    locks.AddRange(Locks(writer));
                    Write(writer);
                }
            }),
            Token
        );

        Assert.True(looked);
        Assert.Contains("relation AccessShareLock", locks);
        Assert.Equal(["relation AccessShareLock", "virtualxid ExclusiveLock"], locks);
    }

    // What a dispatcher locks and writes, and a change of a rule, without waiting for anybody.
    private static void Write(NpgsqlConnection writer)
    {
        using var command = new NpgsqlCommand(
            """
            BEGIN; SET LOCAL lock_timeout = '1ms';
            SELECT 1 FROM tasks FOR UPDATE; SELECT 1 FROM customers FOR UPDATE;
            INSERT INTO contact_attempts (id, task_id, agent_id, customer_id, channel, status)
            SELECT gen_random_uuid(), task_id, agent_id, customer_id, channel, status FROM contact_attempts LIMIT 1;
            INSERT INTO compliance_rules (id, name, rule_type, condition, action)
            VALUES (gen_random_uuid(), 'New', 'x', '{"kind":"channel_block","channels":["sms"]}', 'block_contact');
            ROLLBACK
            """,
            writer
        );
        command.ExecuteNonQuery();
    }

    private static List<string> Locks(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT DISTINCT l.locktype || ' ' || l.mode FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.xact_start IS NOT NULL
            ORDER BY 1
            """,
            connection
        );
        using var reader = command.ExecuteReader();
        var locks = new List<string>();
        while (reader.Read())
        {
            locks.Add(reader.GetString(0));
        }

        return locks;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // 25,000 calls, three blocks of them.
    private async Task<PastWorld> ManyAsync()
    {
        var world = await PastWorld.CreateAsync(fixture.Database);
        world.Contact(0);
        await world.SaveAsync();
        await fixture.Database.DataSource.ExecuteAsync(
            """
            INSERT INTO contact_attempts (id, task_id, agent_id, customer_id, campaign_id, channel, status, timestamp)
            SELECT gen_random_uuid(), task_id, agent_id, customer_id, campaign_id, channel, status, timestamp - i * interval '20 minutes'
            FROM contact_attempts, generate_series(1, 24999) i
            """
        );
        return world;
    }

    /// <summary>Hears at once, on the thread that tells.</summary>
    private sealed class Listener(Action<BacktestProgress> hear) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => hear(value);
    }
}
