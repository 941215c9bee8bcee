using Dashboard.Data;
using Dashboard.Data.Operators;
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
            .AddSignInManager()
            .AddClaimsPrincipalFactory<OperatorClaims>()
            .AddPasswordValidator<PasswordRules>()
            .AddDefaultTokenProviders();
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
}
