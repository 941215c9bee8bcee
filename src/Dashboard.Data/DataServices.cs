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
        services.AddSingleton(new DatabaseAddress(connectionString));
        services.AddSingleton(_ => CreateSource(connectionString));
        services.AddPooledDbContextFactory<DashboardDb>(
            (provider, options) =>
                options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
        );
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<ChangeFeed>();
        return services;
    }

    /// <summary>
    /// Follows the database in this process and feeds <see cref="ChangeFeed"/>; settings by
    /// <see cref="ChangeFeedOptions"/>. Needs <see cref="AddDashboardData"/>.
    /// </summary>
    public static IServiceCollection AddChangeFeed(
        this IServiceCollection services,
        Action<ChangeFeedOptions>? configure = null
    )
    {
        services
            .AddOptions<ChangeFeedOptions>()
            .Configure(configure ?? (_ => { }))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddHostedService<FeedReader>();
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

/// <summary>
/// The connection string as configured, password included (a data source does not give it back): the feed opens a
/// connection of its own with it.
/// </summary>
internal sealed record DatabaseAddress(string ConnectionString);
