using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
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
    private readonly Dictionary<(string Url, string Role), string> _sessions = [];
    private readonly SemaphoreSlim _signIn = new(1);
    private RunningProgram _program = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>The program's database.</summary>
    public TestDatabase Database { get; private set; } = null!;

    /// <summary>Where the program answers, without a slash at the end.</summary>
    public string Url => _program.Url;

    /// <summary>The program's services.</summary>
    public IServiceProvider Services => _program.Services;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        _program = await RunningProgram.StartAsync(Database, "--Dashboard:Role=web");
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
        await _program.DisposeAsync();
        await Database.DisposeAsync();
        _signIn.Dispose();
    }

    /// <summary>A page in a context of its own, signed in with <paramref name="role"/>; null stays signed out.</summary>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="dark">Asks for the dark colour scheme.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="program">Another program than the shared one.</param>
    public async Task<IPage> NewPageAsync(
        string? role = Roles.Administrator,
        bool dark = false,
        int width = 1440,
        RunningProgram? program = null
    )
    {
        var target = program ?? _program;
        var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = target.Url,
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                StorageState = role is null ? null : await SessionAsync(target, role),
                TimezoneId = "UTC",
            }
        );
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    private async Task<string> SessionAsync(RunningProgram program, string role)
    {
        await _signIn.WaitAsync();
        try
        {
            if (!_sessions.TryGetValue((program.Url, role), out var session))
            {
                session = await SignInAsync(program, role);
                _sessions[(program.Url, role)] = session;
            }

            return session;
        }
        finally
        {
            _signIn.Release();
        }
    }

    private async Task<string> SignInAsync(RunningProgram program, string role)
    {
        var email = await program.AddOperatorAsync(role);
        await using var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions { BaseURL = program.Url }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true })
            .FillAsync(RunningProgram.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })
            .ClickAsync();
        await page.WaitForURLAsync(u => !u.Contains("/account/sign-in", StringComparison.Ordinal));
        return await context.StorageStateAsync();
    }
}
