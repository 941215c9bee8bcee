namespace Dashboard.Web.Features.Agents;

/// <summary>The page <c>/agents</c>.</summary>
internal static class AgentsFeature
{
    /// <summary>Registers its readings.</summary>
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddSingleton<AgentWallQuery>();
        services.AddSingleton<AgentWallReadings>();
        return services;
    }
}
