using Dashboard.Web.Components.Layout;
using Radzen;

namespace Dashboard.Web.Components;

/// <summary>The frame all pages stand in.</summary>
public static class Shell
{
    /// <summary>Razor components with server interactivity, Radzen and what the frame itself needs.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        return services;
    }

    /// <summary>Static files and every page.</summary>
    public static void MapShell(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
