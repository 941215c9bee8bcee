using Dashboard.Data.OptOuts;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Engine.Tests.OptOuts;

/// <summary>Opt-outs against the dispatcher: after one has been answered nothing is reserved, and its receipt names what was.</summary>
public sealed class OptOutRaceTests : EngineTest
{
    [Fact]
    public async Task Nothing_is_reserved_after_the_answer_and_the_receipt_names_what_was_before()
    {
        const int Count = 40;
        var customers = new List<Customer>();
        for (var i = 0; i < Count; i++)
        {
            var customer = await CustomerAsync();
            customers.Add(customer);
            await Database.AddAsync([
                .. Enumerable.Range(0, 3).Select(_ => (object)Some.Task(customer)),
            ]);
        }

        await Database.AddAsync(Some.Agent(a => a.MaxConcurrentTasks = 10_000));
        var rival = NewEngine();
        using var stop = new CancellationTokenSource();
        var dispatch = new[] { Engine, rival }
            .Select(e =>
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await e.Dispatcher.RunOnceAsync();
                    }
                })
            )
            .ToList();

        var answers = await Task.WhenAll(
            customers.Select(async c =>
            {
                var result = await Engine.RunAsync(new AddOptOut(c.Id, OptOutChannel.Email));
                var reserved = await ReservedAsync(c);
                return (Customer: c, Receipt: result.Value, Reserved: reserved);
            })
        );
        await stop.CancelAsync();
        await Task.WhenAll(dispatch);

        foreach (var (customer, receipt, reserved) in answers)
        {
            Assert.Equal(reserved, await ReservedAsync(customer));
            Assert.Equal(reserved, receipt.InFlight.Count);
            Assert.Equal(3, receipt.CancelledCount + receipt.InFlight.Count);
        }
    }

    [Fact]
    public async Task A_wish_recorded_after_the_dispatcher_read_its_clock_holds()
    {
        var customer = await CustomerAsync();
        var task = Some.Task(customer);
        await Database.AddAsync(
            task,
            Some.Agent(),
            Some.OptOut(customer, o => o.OptedOutAt = Clock.Now.AddMilliseconds(300))
        );

        await Engine.Dispatcher.RunOnceAsync();

        Assert.Empty(await AttemptsAsync());
        Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(task.Id)).Status);
    }

    [Fact]
    public async Task A_temporary_opt_out_lets_the_task_wait_until_it_ends()
    {
        var customer = await CustomerAsync();
        var task = Some.Task(customer);
        await Database.AddAsync(task, Some.Agent());
        var end = Clock.Now.AddDays(3);
        await Engine.RunAsync(new AddOptOut(customer.Id, OptOutChannel.Email, null, end));

        await Engine.Dispatcher.RunOnceAsync();

        Assert.Equal(
            (AgentTaskStatus.Pending, end),
            ((await TaskAsync(task.Id)).Status, (await TaskAsync(task.Id)).DueAt)
        );
        Clock.Now = end;
        await Engine.Dispatcher.RunOnceAsync();
        Assert.Single(await AttemptsAsync());
    }

    private Task<int> ReservedAsync(Customer customer) =>
        Database.ReadAsync(db =>
            Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(
                db.ContactAttempts,
                a => a.CustomerId == customer.Id
            )
        );
}
