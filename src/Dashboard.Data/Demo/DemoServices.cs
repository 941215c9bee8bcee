using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Data.Demo;

/// <summary>Registers the demo data.</summary>
public static class DemoServices
{
    /// <summary>Adds <see cref="DemoData"/> and <see cref="DemoStatus"/>.</summary>
    public static IServiceCollection AddDemoData(this IServiceCollection services)
    {
        services.AddSingleton<DemoData>();
        services.AddSingleton<DemoStatus>();
        return services;
    }

    /// <summary>Adds <see cref="DemoTraffic"/>, for processes that run the engine.</summary>
    public static IServiceCollection AddDemoTraffic(this IServiceCollection services) =>
        services.AddHostedService<DemoTraffic>();
}
