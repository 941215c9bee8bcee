using System.Security.Claims;
using Dashboard.Data.Commands;
using Dashboard.Domain.Audit;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Web.Identity;

/// <summary>In a circuit the operator of its authentication state, in a request the operator of its cookie.</summary>
internal sealed class CurrentActor(
    CircuitSession circuit,
    IHttpContextAccessor http,
    IServiceProvider services
) : ICurrentActor
{
    private const int LongestUserAgent = 400;

    public async ValueTask<Actor> GetAsync()
    {
        if (circuit.IsOpen)
        {
            var provider = services.GetRequiredService<AuthenticationStateProvider>();
            var state = await provider.GetAuthenticationStateAsync();
            return From(state.User, circuit.IsEnded, circuit.IpAddress, circuit.UserAgent);
        }

        return http.HttpContext is { } request
            ? Of(request)
            : throw new InvalidOperationException("There is neither a circuit nor a request.");
    }

    /// <summary>The actor of a request.</summary>
    public static Actor Of(HttpContext request) =>
        From(request.User, false, request.Connection.RemoteIpAddress, Browser(request));

    /// <summary>The browser of a request, cut to what an audit row should carry.</summary>
    public static string? Browser(HttpContext request)
    {
        var text = request.Request.Headers.UserAgent.ToString();
        return text.Length switch
        {
            0 => null,
            > LongestUserAgent => text[..LongestUserAgent],
            _ => text,
        };
    }

    private static Actor From(
        ClaimsPrincipal user,
        bool ended,
        System.Net.IPAddress? address,
        string? userAgent
    )
    {
        var roles = ended ? [] : user.FindAll(ClaimTypes.Role).Select(c => c.Value);
        return new Actor(
            ActorType.User,
            user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "signed_out",
            user.FindFirstValue(OperatorClaims.DisplayName) ?? user.Identity?.Name ?? "Signed out",
            roles.ToHashSet(StringComparer.Ordinal),
            address,
            userAgent
        );
    }
}
