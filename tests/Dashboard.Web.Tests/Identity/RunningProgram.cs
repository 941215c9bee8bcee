using System.Security.Claims;
using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Dashboard.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>The real program (role web) on Kestrel and a database of its own; visitors talk HTTP to it.</summary>
public sealed class RunningProgram : IAsyncLifetime
{
    /// <summary>A password that follows the rules.</summary>
    public const string Password = "correct horse battery staple";

    private WebApplication _app = null!;

    /// <summary>Its database.</summary>
    public TestDatabase Database { get; private set; } = null!;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        _app = await DashboardHost.BuildAsync([
            "--urls=http://127.0.0.1:0",
            "--Dashboard:Role=web",
            "--Dashboard:DemoData=false",
            "--Dashboard:SignIn:LockoutAfter=3",
            "--Dashboard:SignIn:RevalidateEvery=00:00:01",
            "--Logging:LogLevel:Default=Warning",
            $"--ConnectionStrings:Dashboard={Database.ConnectionString}",
        ]);
        await _app.StartAsync();
        Address = new Uri(
            _app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First()
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>An operator that can sign in with <see cref="Password"/>.</summary>
    public async Task<OperatorUser> AddOperatorAsync(params string[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<OperatorUser>>();
        var id = Guid.CreateVersion7();
        var email = $"{id:N}@example.test";
        var user = new OperatorUser
        {
            Id = id,
            UserName = email,
            Email = email,
            DisplayName = "Some One",
            CreatedAt = Some.Now,
        };
        Check(await users.CreateAsync(user, Password));
        Check(await users.AddToRolesAsync(user, roles));
        return user;
    }

    /// <summary>Someone with a browser, signed out.</summary>
    public Visitor NewVisitor() => new(Address);

    /// <summary>Someone whose session cookie is made without the form, valid from now for <paramref name="validFor"/>.</summary>
    public async Task<Visitor> NewVisitorAsync(OperatorUser user, TimeSpan? validFor = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var principal = await scope
            .ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<OperatorUser>>()
            .CreateAsync(user);
        var options = Services
            .GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(IdentityConstants.ApplicationScheme);
        var ends = TimeProvider.System.GetUtcNow() + (validFor ?? TimeSpan.FromHours(1));
        var ticket = new AuthenticationTicket(
            new ClaimsPrincipal(principal),
            new AuthenticationProperties { IssuedUtc = ends.AddHours(-1), ExpiresUtc = ends },
            IdentityConstants.ApplicationScheme
        );
        var visitor = NewVisitor();
        visitor.SetCookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket));
        return visitor;
    }

    /// <summary>Actions of the audit rows about <paramref name="operatorId"/>, oldest first.</summary>
    public Task<IReadOnlyList<string>> AuditAsync(Guid operatorId) =>
        Database.DataSource.QueryAsync(
            $"SELECT action FROM audit_logs WHERE entity_type = 'operator' AND entity_id = '{operatorId}' ORDER BY timestamp, id"
        );

    private static void Check(IdentityResult result) =>
        Assert.True(result.Succeeded, string.Join(" ", result.Errors.Select(e => e.Description)));
}
