using Dashboard.Web.Components.Layout;

namespace Dashboard.Web.Features.Search;

/// <summary>What the command palette finds.</summary>
internal static class SearchFeature
{
    /// <summary>Registers the palette's sources.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) =>
        services.AddSingleton<IPaletteSource, PaletteSearch>();
}
