using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Dashboard.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Browser.Tests;

/// <summary>The real program, started in this process on a port of its own.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>The password of every operator that <see cref="AddOperatorAsync"/> makes.</summary>
    public const string Password = "correct horse battery staple";

    private readonly WebApplication _app;

    private RunningProgram(WebApplication app)
    {
        _app = app;
        Url = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First()
            .TrimEnd('/');
    }

    /// <summary>Where it answers, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts it on <paramref name="database"/>, without demo data.</summary>
    public static async Task<RunningProgram> StartAsync(
        TestDatabase database,
        params string[] settings
    )
    {
        var app = await DashboardHost.BuildAsync([
            "--urls=http://127.0.0.1:0",
            "--Dashboard:DemoData=false",
            "--Logging:LogLevel:Default=Warning",
            $"--ConnectionStrings:Dashboard={database.ConnectionString}",
            .. settings,
        ]);
        await app.Services.GetRequiredService<StartUp>().RunAsync(CancellationToken.None);
        await app.StartAsync();
        return new RunningProgram(app);
    }

    /// <summary>An operator with one role; returns the e-mail address to sign in with.</summary>
    public async Task<string> AddOperatorAsync(string role)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<OperatorUser>>();
        var user = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            UserName = $"{role}@example.test",
            Email = $"{role}@example.test",
            EmailConfirmed = true,
            DisplayName = role,
            CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        };
        Check(await users.CreateAsync(user, Password));
        Check(await users.AddToRoleAsync(user, role));
        return user.Email;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Check(IdentityResult result) =>
        Assert.True(result.Succeeded, string.Join(" ", result.Errors.Select(e => e.Description)));
}
