using System.Globalization;
using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Dashboard.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Dashboard.Browser.Tests.BrowserFixture))]

namespace Dashboard.Browser.Tests;

/// <summary>
/// The real program on a database of its own and a real Chromium, once for all browser tests. The engine is off
/// (role web), so that only what a test does happens.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Password = "correct horse battery staple";

    private readonly Dictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signIn = new(1);
    private WebApplication _app = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>The program's database.</summary>
    public TestDatabase Database { get; private set; } = null!;

    /// <summary>Where the program answers, without a slash at the end.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>The program's services.</summary>
    public IServiceProvider Services => _app.Services;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        _app = await DashboardHost.BuildAsync([
            "--urls=http://127.0.0.1:0",
            "--Dashboard:Role=web",
            "--Dashboard:DemoData=false",
            $"--ConnectionStrings:Dashboard={Database.ConnectionString}",
        ]);
        await _app.Services.GetRequiredService<StartUp>().RunAsync(CancellationToken.None);
        await _app.StartAsync();
        Url = _app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First()
            .TrimEnd('/');
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath =
                    Environment.GetEnvironmentVariable("DASHBOARD_BROWSER") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-background-networking"],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        _signIn.Dispose();
    }

    /// <summary>A page in a context of its own, signed in with <paramref name="role"/>; null stays signed out.</summary>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="dark">Asks for the dark colour scheme.</param>
    /// <param name="width">Pixels.</param>
    public async Task<IPage> NewPageAsync(
        string? role = Roles.Administrator,
        bool dark = false,
        int width = 1440
    )
    {
        var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = Url,
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                StorageState = role is null ? null : await SessionAsync(role),
                TimezoneId = "UTC",
            }
        );
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    private async Task<string> SessionAsync(string role)
    {
        await _signIn.WaitAsync();
        try
        {
            if (!_sessions.TryGetValue(role, out var session))
            {
                session = await SignInAsync(role);
                _sessions[role] = session;
            }

            return session;
        }
        finally
        {
            _signIn.Release();
        }
    }

    private async Task<string> SignInAsync(string role)
    {
        var email = string.Create(CultureInfo.InvariantCulture, $"{role}@example.test")
            .ToLowerInvariant();
        await AddOperatorAsync(email, role);
        await using var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions { BaseURL = Url }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })
            .ClickAsync();
        await page.WaitForURLAsync(u => !u.Contains("/account/sign-in", StringComparison.Ordinal));
        return await context.StorageStateAsync();
    }

    private async Task AddOperatorAsync(string email, string role)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<OperatorUser>>();
        var user = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            UserName = email,
            Email = email,
            EmailConfirmed = true,
            DisplayName = role,
            CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        };
        Check(await users.CreateAsync(user, Password));
        Check(await users.AddToRoleAsync(user, role));
    }

    private static void Check(IdentityResult result) =>
        Assert.True(result.Succeeded, string.Join(" ", result.Errors.Select(e => e.Description)));
}
