using Dashboard.Data.Changes;
using Dashboard.Data.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Dashboard.Data;

/// <summary>Registers the database, the command runner and the change feed.</summary>
public static class DataServices
{
    /// <summary>
    /// Adds <see cref="NpgsqlDataSource"/>, a pooled <see cref="IDbContextFactory{TContext}"/> of
    /// <see cref="DashboardDb"/>, <see cref="CommandRunner"/> and <see cref="ChangeFeed"/>, all for one database.
    /// </summary>
    public static IServiceCollection AddDashboardData(
        this IServiceCollection services,
        string connectionString
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => CreateSource(connectionString));
        services.AddPooledDbContextFactory<DashboardDb>(
            (provider, options) =>
                options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
        );
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<ChangeFeed>();
        return services;
    }

    /// <summary>Every connection runs in UTC: the schema's timestamps hold UTC (architecture.md, "Time").</summary>
    private static NpgsqlDataSource CreateSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.Timezone = "UTC";
        return builder.Build();
    }
}
