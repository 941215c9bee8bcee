namespace Dashboard.Web.Identity;

/// <summary>Addresses of sign-in that are not pages.</summary>
public static class IdentityEndpoints
{
    /// <summary>Maps them; the pages are found by themselves.</summary>
    public static IEndpointRouteBuilder MapDashboardIdentity(this IEndpointRouteBuilder app) => app;
}
