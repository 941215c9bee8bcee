using Dashboard.Web.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>
/// At start: the roles exist, an administrator from settings is made when there is none, and otherwise a one-time link for
/// one is printed – to standard output and never to the log, which others may read.
/// </summary>
internal sealed class FirstAdministrator(
    AdministratorSetup setup,
    IOptions<AdminSettings> admin,
    IOptions<SignInSettings> settings,
    IOptions<DashboardOptions> options,
    IConfiguration configuration,
    IServer server
) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await setup.EnsureRolesAsync(cancellationToken);
        var (email, password) = (admin.Value.Email, admin.Value.Password);
        if (string.IsNullOrEmpty(email) && string.IsNullOrEmpty(password))
        {
            return;
        }

        if (await setup.IsNeededAsync(cancellationToken))
        {
            await CreateAsync(email, password, cancellationToken);
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!await setup.IsNeededAsync(cancellationToken))
        {
            return;
        }

        var link = await setup.FirstLinkAsync(cancellationToken);
        if (link.Succeeded)
        {
            await Console.Out.WriteLineAsync(
                $"""

                There is no administrator yet. Open this link to become the first one
                (it works once, for {settings.Value.SetupLinkFor.TotalHours:0.#} hours):

                  {Address()}{link.Value.Path}

                """
            );
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CreateAsync(string? email, string? password, CancellationToken token)
    {
        if (string.IsNullOrEmpty(email) || string.IsNullOrEmpty(password))
        {
            throw new StartUpException(
                "Settings Dashboard:Admin:Email and Dashboard:Admin:Password belong together. Set both or none."
            );
        }

        var created = await setup.CreateAsync(email, password, onlyFirst: true, token);
        if (created.Error is { Code: not "exists" } problem)
        {
            var setting = problem.Field == "password" ? "Password" : "Email";
            throw new StartUpException($"Setting Dashboard:Admin:{setting}: {problem.Message}");
        }
    }

    /// <summary>Where people reach the product: as configured, else where this process listens.</summary>
    private string Address()
    {
        var configured = configuration[
            $"{DashboardOptions.Section}:{nameof(DashboardOptions.PublicUrl)}"
        ];
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var address = configured ?? listening ?? options.Value.PublicUrl;
        return address
            .TrimEnd('/')
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);
    }
}
