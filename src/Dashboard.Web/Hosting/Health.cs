using Dashboard.Data;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Dashboard.Web.Hosting;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can do its work. Both without sign-in.</summary>
internal static class Health
{
    /// <summary>Registers the checks.</summary>
    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddDbContextCheck<DashboardDb>();

    /// <summary>Maps both addresses.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false })
            .AllowAnonymous();
        app.MapHealthChecks("/readyz").AllowAnonymous();
    }
}
