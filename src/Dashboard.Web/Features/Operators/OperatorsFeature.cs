namespace Dashboard.Web.Features.Operators;

/// <summary>The operators' page.</summary>
internal static class OperatorsFeature
{
    /// <summary>Registers what it injects.</summary>
    public static IServiceCollection AddOperators(this IServiceCollection services) =>
        services.AddSingleton<OperatorListQuery>();
}
