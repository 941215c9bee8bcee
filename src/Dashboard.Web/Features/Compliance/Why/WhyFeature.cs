namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>Reads decisions of the gate out, wherever a page shows one.</summary>
internal static class WhyFeature
{
    /// <summary>What the panel injects.</summary>
    public static IServiceCollection AddWhy(this IServiceCollection services) =>
        services.AddSingleton<WhyQuery>();
}
