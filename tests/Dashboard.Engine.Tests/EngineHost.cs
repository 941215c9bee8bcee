using Dashboard.Data.Commands;
using Dashboard.Data.Hosting;
using Dashboard.Domain.Results;
using Dashboard.Engine;
using Dashboard.Engine.Campaigns;
using Dashboard.Engine.Channels.Simulated;
using Dashboard.Engine.Dispatch;
using Dashboard.Engine.Rescue;
using Dashboard.Engine.Research;
using Dashboard.Engine.Sending;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Engine.Tests;

/// <summary>One engine process with its clock in the test's hand; its loops are run by hand too.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EngineHost(
        TestDatabase database,
        TestClock clock,
        params (string Key, string Value)[] settings
    )
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Engine:Simulation:TimeScale"] = "0",
            ["Engine:Simulation:FailureRate"] = "0",
            ["Engine:Simulation:ReplyRate"] = "0",
            ["Engine:CompanyName"] = "Fabrikam & Sons",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging();
        services.AddDashboardData(database.ConnectionString);
        services.AddDashboardEngineParts(
            new ConfigurationBuilder().AddInMemoryCollection(values).Build()
        );
        _services = services.BuildServiceProvider();
    }

    public CampaignRunner Campaigns => Get<CampaignRunner>();
    public Dispatcher Dispatcher => Get<Dispatcher>();
    public Sender Sender => Get<Sender>();
    public Rescuer Rescuer => Get<Rescuer>();
    public ResearchLoop Research => Get<ResearchLoop>();
    public SimulatedReports Reports => Get<SimulatedReports>();
    public Outbox Outbox => Get<Outbox>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Runs a command as the system.</summary>
    public Task<Result<T>> RunAsync<T>(ICommand<T> command) =>
        Get<CommandRunner>().RunAsync(command, Actor.System("test"));

    /// <summary>Campaigns, dispatch and sending, once each.</summary>
    public async Task<DispatchResult> StepAsync()
    {
        await Campaigns.RunOnceAsync();
        var result = await Dispatcher.RunOnceAsync();
        await Sender.RunOnceAsync();
        return result;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
