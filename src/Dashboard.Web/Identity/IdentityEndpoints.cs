using System.Security.Claims;
using Dashboard.Data.Operators;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>Addresses of sign-in that are not pages.</summary>
public static class IdentityEndpoints
{
    /// <summary>Maps them; the pages are found by themselves.</summary>
    public static IEndpointRouteBuilder MapDashboardIdentity(this IEndpointRouteBuilder app)
    {
        app.MapPost("/account/sign-out", SignOutAsync).AllowAnonymous();
        app.MapPost("/account/session", RenewAsync).RequireAuthorization();
        app.MapPost("/account/passkeys/request-options", RequestOptionsAsync).AllowAnonymous();
        app.MapPost("/account/passkeys/creation-options", CreationOptionsAsync)
            .RequireAuthorization();
        return app;
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext request,
        IAntiforgery antiforgery,
        SignInManager<OperatorUser> signIn,
        OperatorAudit audit
    )
    {
        if (!await antiforgery.IsRequestValidAsync(request))
        {
            return Results.BadRequest("The page was too old. Go back, reload and sign out again.");
        }

        if (await signIn.UserManager.GetUserAsync(request.User) is { } user)
        {
            await audit.WriteAsync(request, user, "signed_out");
        }

        await signIn.SignOutAsync();
        return Results.LocalRedirect("/account/sign-in?said=signed-out");
    }

    /// <summary>
    /// <c>session.js</c> calls this while someone uses a page: the cookie lives a whole session length from now. The
    /// answer goes to the circuit (<see cref="SessionTicket"/>). Cross-site posts carry no cookie (SameSite=Lax).
    /// </summary>
    private static async Task<IResult> RenewAsync(
        HttpContext request,
        SessionTicket tickets,
        TimeProvider time,
        IOptions<SignInSettings> settings
    )
    {
        await request.SignInAsync(
            IdentityConstants.ApplicationScheme,
            request.User,
            new AuthenticationProperties()
        );
        var id = request.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        var endsAt = time.GetUtcNow() + settings.Value.SessionLength;
        return Results.Text(tickets.Write(id, endsAt));
    }

    private static async Task<IResult> RequestOptionsAsync(
        HttpContext request,
        IAntiforgery antiforgery,
        SignInManager<OperatorUser> signIn
    ) =>
        await antiforgery.IsRequestValidAsync(request)
            ? Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")
            : Results.BadRequest();

    private static async Task<IResult> CreationOptionsAsync(
        HttpContext request,
        IAntiforgery antiforgery,
        SignInManager<OperatorUser> signIn
    )
    {
        if (!await antiforgery.IsRequestValidAsync(request))
        {
            return Results.BadRequest();
        }

        if (await signIn.UserManager.GetUserAsync(request.User) is not { } user)
        {
            return Results.Unauthorized();
        }

        var options = await signIn.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = user.Id.ToString(),
                Name = user.Email ?? user.Id.ToString(),
                DisplayName = user.DisplayName,
            }
        );
        return Results.Text(options, "application/json");
    }
}
