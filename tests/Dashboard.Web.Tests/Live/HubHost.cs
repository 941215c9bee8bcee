using System.Security.Claims;
using System.Text.Encodings.Web;
using Dashboard.Data.Changes;
using Dashboard.Data.Hosting;
using Dashboard.Web.Live;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Tests.Live;

/// <summary>A server with nothing but the hub; the query string's <c>role</c> stands for a signed-in operator.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubHost(WebApplication app) => _app = app;

    public ChangeFeed Feed => _app.Services.GetRequiredService<ChangeFeed>();

    public static async Task<HubHost> StartAsync(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddDashboardData(connectionString);
        builder.Services.AddChangeFeed();
        builder.Services.AddLive();
        builder
            .Services.AddAuthentication("test")
            .AddScheme<AuthenticationSchemeOptions, QueryRole>("test", null);
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapLive();
        await app.StartAsync();
        return new HubHost(app);
    }

    public Uri Address(string? role) =>
        new(
            $"{_app.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal)}/hubs/live?role={role}"
        );

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class QueryRole(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        UrlEncoder encoder
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var role = Request.Query["role"].ToString();
            if (role.Length == 0)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test");
            return Task.FromResult(
                AuthenticateResult.Success(
                    new AuthenticationTicket(new ClaimsPrincipal(identity), "test")
                )
            );
        }
    }
}
