using Dashboard.Data.Changes;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Backtest;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Compliance.Rules.Packs;
using Dashboard.Data.Contacts.Reservation;
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
    /// <see cref="DatabaseStartupCheck"/>, the <see cref="CommandRunner"/> and the <see cref="ChangeFeed"/>. Nothing
    /// connects before it is used.
    /// </summary>
    /// <param name="services">Where they go.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="readConnectionString">A replica for long reads; null or empty = the database itself.</param>
    public static IServiceCollection AddDashboardData(
        this IServiceCollection services,
        string connectionString,
        string? readConnectionString = null
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
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ComplianceOptions>();
        services.TryAddSingleton(provider =>
            string.IsNullOrWhiteSpace(readConnectionString)
                ? new ReadDatabase(provider.GetRequiredService<NpgsqlDataSource>())
                : new ReadDatabase(readConnectionString)
        );
        services.TryAddSingleton<BacktestRunner>();
        services.TryAddSingleton<CommandRunner>();
        services.TryAddSingleton<ProofRunner>();
        services.TryAddSingleton<StoredRuleCache>();
        services.TryAddSingleton<ContactReservation>();
        services.TryAddSingleton<RuleListQuery>();
        services.TryAddSingleton<RuleVersionsQuery>();
        services.TryAddSingleton<RuleChangesQuery>();
        services.TryAddSingleton<RuleCheckQuery>();
        services.TryAddSingleton<RulePacksQuery>();
        services.TryAddSingleton<ChangeFeed>();
        services.TryAddSingleton(new DatabaseAddress(connectionString));
        return services;
    }

    /// <summary>
    /// Follows the database in this process and feeds the <see cref="ChangeFeed"/>; settings by
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
}

/// <summary>
/// The connection string as configured, password included (a data source does not give it back): the feed opens a
/// connection of its own with it.
/// </summary>
internal sealed record DatabaseAddress(string ConnectionString);
