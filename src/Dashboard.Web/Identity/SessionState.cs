using System.Security.Claims;
using Dashboard.Data.Operators;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>
/// The authentication state of a circuit, checked against the database every
/// <see cref="SignInSettings.RevalidateEvery"/>: signing out everywhere, locking an operator, new roles and a new password
/// end it. Mere idleness does not come here: the page keeps what was typed (see <see cref="CircuitSession"/>).
/// </summary>
internal sealed class SessionState(
    ILoggerFactory logs,
    IServiceScopeFactory scopes,
    IOptions<SignInSettings> settings,
    IOptions<IdentityOptions> identity
) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => settings.Value.RevalidateEvery;

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    )
    {
        var principal = authenticationState.User;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<OperatorUser>>();
        var user = await users.GetUserAsync(principal);
        if (user is null)
        {
            return false;
        }

        var stamp = principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        return stamp == await users.GetSecurityStampAsync(user);
    }
}
