using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Demo;
using Dashboard.Data.Hosting;
using Dashboard.Data.Imports;
using Dashboard.Engine;
using Dashboard.Web.Api;
using Dashboard.Web.Components;
using Dashboard.Web.Features;
using Dashboard.Web.Features.OptOuts;
using Dashboard.Web.Identity;
using Dashboard.Web.Live;

namespace Dashboard.Web.Hosting;

/// <summary>Puts the program together: settings, services and endpoints for the role of this process.</summary>
public static class DashboardHost
{
    /// <summary>Builds the host; nothing runs yet except the embedded PostgreSQL where one is needed.</summary>
    /// <param name="settings">Command-line settings, <c>--Section:Key=value</c>.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <exception cref="StartUpException">A setting is wrong or the database cannot be reached.</exception>
    public static async Task<WebApplication> BuildAsync(
        string[] settings,
        CancellationToken cancellationToken = default
    )
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = settings,
                ContentRootPath = ContentRoot(settings),
                // The name of the static files' manifests, also when a test hosts the program.
                ApplicationName = typeof(DashboardHost).Assembly.GetName().Name,
            }
        );
        Settings.AddWorkingDirectoryFile(builder);
        Logs.Configure(builder.Logging, builder.Configuration);
        builder
            .Services.AddOptions<DashboardOptions>()
            .BindConfiguration(DashboardOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder
            .Services.AddOptions<ComplianceOptions>()
            .BindConfiguration(ComplianceOptions.Section);
        var database = await Database.ResolveAsync(builder.Configuration, cancellationToken);
        AddServices(builder, database);
        var app = builder.Build();
        MapEndpoints(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, Database database)
    {
        var role = Settings.Role(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => database); // a factory, so that the container disposes it last
        builder.Services.AddDashboardData(
            database.ConnectionString,
            builder.Configuration.GetConnectionString("DashboardRead")
        );
        builder.Services.AddSingleton(InstallationSecret.Resolve(builder.Configuration));
        builder.Services.AddUnsubscribeLinks(builder.Configuration);
        builder.Services.AddInstallationSeals();
        builder.Services.AddImportCore();
        builder.Services.AddDemoData();
        builder.Services.AddSingleton<StartUp>();
        builder.Services.AddHostedService<Telemetry>();
        builder.Services.AddHealth();
        if (role is ProcessRole.All or ProcessRole.Engine)
        {
            builder.Services.AddDashboardEngine(builder.Configuration);
            builder.Services.AddDemoTraffic();
        }

        if (role is ProcessRole.All or ProcessRole.Web)
        {
            builder.WebHost.UseStaticWebAssetsOfBuild();
            builder.Services.AddChangeFeed(builder.Configuration.GetSection("Feed").Bind);
            builder.Services.AddDashboardIdentity(builder.Configuration);
            builder.Services.AddApprovalDesk(builder.Configuration);
            builder.Services.AddApi();
            builder.Services.AddShell();
            builder.Services.AddLive();
            builder.Services.AddFeatures();
        }
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapHealth();
        if (Settings.Role(app.Configuration) is ProcessRole.Engine)
        {
            return;
        }

        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapDashboardIdentity();
        app.MapShell();
        app.MapLive();
        app.MapFeatures();
        app.MapUnsubscribe();
        app.MapApi();
    }

    private static string ContentRoot(string[] settings) =>
        settings
            .Where(s => s.StartsWith("--contentRoot=", StringComparison.OrdinalIgnoreCase))
            .Select(s => s["--contentRoot=".Length..])
            .FirstOrDefault(AppContext.BaseDirectory);
}
