using System.Diagnostics;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Dispatch;

/// <summary>The program itself, as two processes of role engine on one database.</summary>
public sealed class ProcessDrainTests : EngineTest
{
    private const int Tasks = 5000;

    [Fact]
    public async Task Two_engine_processes_drain_five_thousand_tasks_with_one_attempt_each()
    {
        await FillAsync();
        using var first = Start();
        using var second = Start();
        try
        {
            var above = await DrainedAsync();

            Assert.Equal(0, above);
            Assert.Equal(Tasks, await CountAsync("tasks WHERE status = 'completed'"));
            Assert.Equal(Tasks, await CountAsync("contact_attempts"));
            Assert.Equal(
                Tasks,
                await CountAsync("(SELECT DISTINCT task_id FROM contact_attempts) t")
            );
            Assert.Equal(Tasks, await CountAsync("ops.simulated_messages WHERE sends = 1"));
        }
        finally
        {
            Kill(first);
            Kill(second);
        }
    }

    [Fact]
    public async Task After_one_of_two_is_killed_each_message_still_left_exactly_once()
    {
        await FillAsync();
        using var victim = Start();
        using var survivor = Start();
        try
        {
            await UntilAsync(async () => await CountAsync("ops.simulated_messages") > Tasks / 10);
            Kill(victim);
            await DrainedAsync();

            Assert.Equal(Tasks, await CountAsync("tasks WHERE status = 'completed'"));
            Assert.Equal(Tasks, await CountAsync("ops.simulated_messages WHERE sends = 1"));
        }
        finally
        {
            Kill(victim);
            Kill(survivor);
        }
    }

    /// <summary>Waits until nothing is left to do; returns how often an agent was seen above its capacity.</summary>
    private async Task<long> DrainedAsync()
    {
        long above = 0;
        await UntilAsync(async () =>
        {
            above += await CountAsync(
                """
                agents a WHERE max_concurrent_tasks <
                    (SELECT count(*) FROM tasks t WHERE t.assigned_agent_id = a.id AND t.status = 'in_progress')
                """
            );
            return !await Database.ReadAsync(db =>
                db.Tasks.AnyAsync(t =>
                    t.Status == AgentTaskStatus.Pending || t.Status == AgentTaskStatus.InProgress
                )
            );
        });
        return above;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private Task<long> CountAsync(string from) =>
        Database.DataSource.ScalarAsync<long>($"SELECT count(*) FROM {from}");

    private Process Start()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        var program = Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                $"../../../../../src/Dashboard.Web/bin/{configuration}/net10.0/Dashboard.Web.dll"
            )
        );
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--role", "engine"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        start.Environment["ConnectionStrings__Dashboard"] = Database.ConnectionString;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Engine__Simulation__TimeScale"] = "0";
        start.Environment["Engine__Simulation__FailureRate"] = "0";
        start.Environment["Engine__Simulation__ReplyRate"] = "0";
        start.Environment["Engine__LeaseDuration"] = "00:00:10";
        start.Environment["Engine__RetryBackOff"] = "00:00:01";
        start.Environment["Engine__HeartbeatInterval"] = "00:00:01";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private async Task FillAsync()
    {
        await using var db = await Database.Factory.CreateDbContextAsync();
        for (var i = 0; i < Tasks / 5; i++)
        {
            var customer = Some.Customer();
            db.AddRange(customer, Some.Profile(customer), Some.Invoice(customer));
            db.AddRange(Enumerable.Range(0, 5).Select(_ => Some.Task(customer)));
        }

        db.AddRange(Enumerable.Range(0, 4).Select(_ => Some.Agent(a => a.MaxConcurrentTasks = 30)));
        // The program seeds its standard rules where there are none; contact hours would hold tasks by the real clock.
        db.Add(Some.Rule(r => r.IsEnabled = false));
        await db.SaveChangesAsync();
    }
}
