using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Dashboard.Data.Operators;
using Dashboard.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Api.Keys;

/// <summary><c>Authorization: Bearer &lt;api key&gt;</c> (contracts.md, "HTTP API").</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyStore keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "ApiKey";

    /// <summary>Claim type of a scope.</summary>
    public const string Scope = "scope";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Text() is not { } text)
        {
            return AuthenticateResult.NoResult();
        }

        var key = await keys.FindAsync(text, Context.RequestAborted);
        return key is null
            ? AuthenticateResult.Fail("The API key is not known, was revoked or has run out.")
            : AuthenticateResult.Success(new AuthenticationTicket(Principal(key), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems
            .Create(
                StatusCodes.Status401Unauthorized,
                "unauthorized",
                "Send a valid API key as 'Authorization: Bearer <key>'. An administrator makes one with create-api-key."
            )
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems
            .Create(
                StatusCodes.Status403Forbidden,
                "forbidden",
                "The scopes of this API key do not allow it."
            )
            .ExecuteAsync(Context);

    private string? Text() =>
        AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        && !string.IsNullOrWhiteSpace(header.Parameter)
            ? header.Parameter.Trim()
            : null;

    private static ClaimsPrincipal Principal(KnownApiKey key) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, $"api_key:{key.Name}"),
                    new Claim(OperatorClaims.DisplayName, key.Name),
                    .. key.Scopes.Select(s => new Claim(Scope, s)),
                    .. ApiScopes.RolesOf(key.Scopes).Select(r => new Claim(ClaimTypes.Role, r)),
                ],
                SchemeName
            )
        );
}
