using Dashboard.Data;
using Dashboard.Data.Operators;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>Registers sign-in.</summary>
public static class IdentityServices
{
    /// <summary>Name of the session cookie.</summary>
    public const string CookieName = "cec.session";

    /// <summary>
    /// ASP.NET Core Identity on <see cref="DashboardDb"/>, sessions, the key ring, <see cref="ICurrentActor"/>, and a
    /// fallback policy: whatever does not say otherwise takes a signed-in operator with a role.
    /// </summary>
    public static IServiceCollection AddDashboardIdentity(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        services
            .AddOptions<SignInSettings>()
            .Bind(configuration.GetSection(SignInSettings.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<AdminSettings>().Bind(configuration.GetSection(AdminSettings.Section));
        services.AddHttpContextAccessor();
        AddUsers(services);
        AddSessions(services);
        services.AddSingleton<AdministratorSetup>();
        services.AddSingleton<OperatorAudit>();
        services.AddSingleton<SessionTicket>();
        services.AddSingleton<SetupLinkQuery>();
        services.AddHostedService<FirstAdministrator>();
        services.AddDataProtection().SetApplicationName("client-escalation-calls");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, UseKeyRing>();
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(
                new AuthorizationPolicyBuilder()
                    .RequireAuthenticatedUser()
                    .RequireRole(Roles.All)
                    .Build()
            );
        return services;
    }

    private static void AddUsers(IServiceCollection services)
    {
        services
            .AddIdentityCore<OperatorUser>(options =>
            {
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = PasswordRules.MinimumLength;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Tokens.AuthenticatorIssuer = "Escalation calls";
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<DashboardDb>()
            .AddUserStore<OperatorStore>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<OperatorClaims>()
            .AddPasswordValidator<PasswordRules>()
            .AddDefaultTokenProviders();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // A passkey stands for both factors, so the device must have checked who holds it.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services
            .AddOptions<IdentityOptions>()
            .Configure<IOptions<SignInSettings>>(
                (options, settings) =>
                {
                    options.Lockout.MaxFailedAccessAttempts = settings.Value.LockoutAfter;
                    options.Lockout.DefaultLockoutTimeSpan = settings.Value.LockoutFor;
                    options.Lockout.AllowedForNewUsers = true;
                }
            );
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<SignInSettings>>(
                (cookie, settings) =>
                {
                    cookie.Cookie.Name = CookieName;
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = settings.Value.SessionLength;
                    cookie.SlidingExpiration = true;
                    cookie.LoginPath = "/account/sign-in";
                    cookie.LogoutPath = "/account/sign-out";
                    cookie.AccessDeniedPath = "/account/access-denied";
                    cookie.ReturnUrlParameter = "returnUrl";
                    cookie.Events.OnRedirectToLogin = context =>
                        Turn(context, StatusCodes.Status401Unauthorized);
                    cookie.Events.OnRedirectToAccessDenied = context =>
                        Turn(context, StatusCodes.Status403Forbidden);
                }
            );
        services
            .AddOptions<SecurityStampValidatorOptions>()
            .Configure<IOptions<SignInSettings>>(
                (stamp, settings) => stamp.ValidationInterval = settings.Value.RevalidateEvery
            );
        services.AddCascadingAuthenticationState();
        services.Replace(ServiceDescriptor.Scoped<AuthenticationStateProvider, SessionState>());
        services.AddScoped<CircuitSession>();
        services.AddScoped<CircuitHandler, CircuitSessionHandler>();
        services.AddScoped<ICurrentActor, CurrentActor>();
    }

    /// <summary>People are led to a page; scripts, hubs and programs get a status they understand.</summary>
    private static Task Turn(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var request = context.Request;
        var mode = request.Headers["Sec-Fetch-Mode"].ToString();
        var isPage =
            mode is "" or "navigate"
            && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
            && !request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            && !request.Path.StartsWithSegments(
                "/account/session",
                StringComparison.OrdinalIgnoreCase
            );
        if (isPage)
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
