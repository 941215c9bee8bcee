namespace Dashboard.Web.Features.Overview;

/// <summary>The page <c>/</c>.</summary>
internal static class OverviewFeature
{
    /// <summary>Registers its readings.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services)
    {
        services.AddSingleton<BrokenRulesQuery>();
        services.AddSingleton<OverviewQuery>();
        services.AddSingleton<OverviewReadings>();
        return services;
    }
}
