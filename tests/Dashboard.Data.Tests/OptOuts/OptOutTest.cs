using Dashboard.Data.Commands;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.OptOuts;

/// <summary>A database of its own and a clock in the test's hand.</summary>
public abstract class OptOutTest : IAsyncLifetime
{
    private static int _numbers;

    private protected TestDatabase Database { get; private set; } = null!;

    private protected TestClock Clock { get; } = new(Some.Now);

    private protected CommandRunner Runner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Runner = new CommandRunner(Database.Factory, Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A customer whose mobile number is nobody else's.</summary>
    private protected async Task<Customer> CustomerAsync(string? mobile = null)
    {
        var customer = Some.Customer(c =>
        {
            c.Phone = null;
            c.Mobile = mobile ?? $"+1 (212) 555-{Interlocked.Increment(ref _numbers):D4}";
        });
        await Database.AddAsync(customer, Some.Profile(customer));
        return customer;
    }

    private protected async Task<AgentTask> TaskAsync(
        Customer customer,
        TaskType type,
        Campaign? campaign = null,
        Channel? fallback = null
    )
    {
        var task = Some.Task(
            customer,
            campaign,
            t =>
            {
                t.Type = type;
                t.Context.StepNumber = campaign is null
                    ? null
                    : (int)type + (fallback is null ? 1 : 11);
                t.Context.FallbackChannel = fallback;
            }
        );
        await Database.AddAsync(task);
        return task;
    }

    private protected Task<Result<T>> RunAsync<T>(ICommand<T> command, Actor? actor = null) =>
        Runner.RunAsync(command, actor ?? Actor.System("test"));

    private protected async Task<T> DoneAsync<T>(ICommand<T> command, Actor? actor = null)
    {
        var result = await RunAsync(command, actor);
        Assert.Null(result.Error);
        return result.Value;
    }

    private protected Task<AgentTaskStatus> StatusAsync(AgentTask task) =>
        Database.ReadAsync(db =>
            db.Tasks.Where(t => t.Id == task.Id).Select(t => t.Status).SingleAsync()
        );

    private protected Task<List<OptOut>> RowsAsync(Customer customer) =>
        Database.ReadAsync(db =>
            db.OptOuts.AsNoTracking()
                .Where(o => o.CustomerId == customer.Id)
                .OrderBy(o => o.Channel)
                .ToListAsync()
        );
}
