using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Dispatch;

/// <summary>The must-show of the product: many engines on one database send each message once.</summary>
public sealed class DrainTests : EngineTest
{
    private const int Customers = 1000;
    private const int TasksEach = 5;

    [Fact]
    public async Task Three_engines_drain_five_thousand_tasks_and_each_leaves_once()
    {
        await FillAsync();
        var engines = Enumerable.Range(0, 3).Select(_ => NewEngine()).ToList();
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(done.Token);

        await Task.WhenAll(engines.Select(DrainAsync));

        await done.CancelAsync();
        Assert.Equal(0, await watching);
        var tasks = await Database.DataSource.QueryAsync(
            "SELECT status || ' ' || count(*) || coalesce(' ' || (context ->> 'reason'), '') FROM tasks GROUP BY status, context ->> 'reason'"
        );
        Assert.Equal([$"completed {Customers * TasksEach}"], tasks);
        Assert.Equal(
            (long)Customers * TasksEach,
            await Database.DataSource.ScalarAsync<long>(
                "SELECT count(*) FROM tasks t WHERE (SELECT count(*) FROM contact_attempts a WHERE a.task_id = t.id) = 1"
            )
        );
        Assert.Equal(
            (long)Customers * TasksEach,
            await Database.DataSource.ScalarAsync<long>(
                "SELECT count(*) FROM ops.simulated_messages WHERE sends = 1"
            )
        );
        Assert.Equal(
            0,
            await Database.DataSource.ScalarAsync<long>(
                "SELECT sum(current_task_count) FROM agents"
            )
        );
        Assert.True(
            await Database.DataSource.ScalarAsync<long>(
                "SELECT count(DISTINCT metadata ->> 'agent_id') FROM audit_logs WHERE action = 'status_changed'"
            ) > 1
        );
    }

    private async Task DrainAsync(EngineHost engine)
    {
        bool more;
        do
        {
            await engine.Dispatcher.RunOnceAsync();
            await engine.Sender.RunOnceAsync();
            more = await Database.ReadAsync(db =>
                db.Tasks.AnyAsync(t =>
                    t.Status == AgentTaskStatus.Pending || t.Status == AgentTaskStatus.InProgress
                )
            );
        } while (more);
    }

    /// <summary>Counts agents seen above their capacity while the engines work.</summary>
    private async Task<long> WatchAsync(CancellationToken cancellationToken)
    {
        long seen = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            seen += await Database.DataSource.ScalarAsync<long>(
                """
                SELECT count(*) FROM agents a
                WHERE current_task_count > max_concurrent_tasks OR max_concurrent_tasks <
                    (SELECT count(*) FROM tasks t WHERE t.assigned_agent_id = a.id AND t.status = 'in_progress')
                """
            );
        }

        return seen;
    }

    private async Task FillAsync()
    {
        await using var db = await Database.Factory.CreateDbContextAsync();
        for (var i = 0; i < Customers; i++)
        {
            var customer = Some.Customer();
            db.AddRange(customer, Some.Profile(customer), Some.Invoice(customer));
            db.AddRange(Enumerable.Range(0, TasksEach).Select(_ => Some.Task(customer)));
        }

        db.AddRange(Enumerable.Range(0, 4).Select(_ => Some.Agent(a => a.MaxConcurrentTasks = 30)));
        db.Add(Some.Rule());
        await db.SaveChangesAsync();
    }
}
