using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests;

/// <summary>A database, a clock and one engine a test.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    private readonly List<EngineHost> _hosts = [];

    private protected TestDatabase Database { get; private set; } = null!;

    private protected TestClock Clock { get; } = new(Some.Now);

    private protected EngineHost Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Engine = NewEngine();
        await Database.AddAsync(Some.Template());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected EngineHost NewEngine(params (string Key, string Value)[] settings)
    {
        var host = new EngineHost(Database, Clock, settings);
        _hosts.Add(host);
        return host;
    }

    /// <summary>A customer in New York with an overdue invoice.</summary>
    private protected async Task<Customer> CustomerAsync(Action<CustomerProfile>? with = null)
    {
        var customer = Some.Customer();
        await Database.AddAsync(customer, Some.Profile(customer, with), Some.Invoice(customer));
        return customer;
    }

    private protected Task<AgentTask> TaskAsync(Guid id) =>
        Database.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync(t => t.Id == id));

    private protected Task<Campaign> CampaignAsync(Guid id) =>
        Database.ReadAsync(db => db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == id));

    private protected Task<List<AgentTask>> TasksAsync() =>
        Database.ReadAsync(db =>
            db.Tasks.AsNoTracking().OrderBy(t => t.CreatedAt).ThenBy(t => t.Id).ToListAsync()
        );

    private protected Task<List<ContactAttempt>> AttemptsAsync() =>
        Database.ReadAsync(db =>
            db.ContactAttempts.AsNoTracking().OrderBy(a => a.Timestamp).ToListAsync()
        );
}
