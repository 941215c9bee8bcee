using Dashboard.Data.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Dashboard.Data.Hosting;

/// <summary>Registers the database.</summary>
public static class DataServices
{
    /// <summary>
    /// A singleton <see cref="NpgsqlDataSource"/>, a pooled <see cref="IDbContextFactory{TContext}"/> of
    /// <see cref="DashboardDb"/> (and a scoped context for Identity's stores), <see cref="Migrator"/>,
    /// <see cref="DatabaseStartupCheck"/> and the <see cref="ChangeFeed"/>. Nothing connects before it is used.
    /// </summary>
    public static IServiceCollection AddDashboardData(
        this IServiceCollection services,
        string connectionString
    )
    {
        services.TryAddSingleton(_ => DashboardDbOptions.CreateDataSource(connectionString));
        services.AddPooledDbContextFactory<DashboardDb>(
            (provider, options) =>
                options.UseDashboard(provider.GetRequiredService<NpgsqlDataSource>())
        );
        services.TryAddScoped(provider =>
            provider.GetRequiredService<IDbContextFactory<DashboardDb>>().CreateDbContext()
        );
        services.TryAddSingleton(provider => new Migrator(
            connectionString,
            provider.GetRequiredService<IDbContextFactory<DashboardDb>>()
        ));
        services.TryAddSingleton(_ => new DatabaseStartupCheck(connectionString));
        services.TryAddSingleton<ChangeFeed>();
        return services;
    }
}
