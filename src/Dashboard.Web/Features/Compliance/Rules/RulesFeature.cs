namespace Dashboard.Web.Features.Compliance.Rules;

/// <summary>The contact rules: list, editor, versions, packs, changes that wait.</summary>
internal static class RulesFeature
{
    /// <summary>Registers what the pages inject.</summary>
    public static IServiceCollection AddRules(this IServiceCollection services) => services;
}
