using System.CommandLine;
using Microsoft.AspNetCore.Connections;

namespace Dashboard.Web.Hosting;

/// <summary><c>serve [--role web|engine|all] [--urls …]</c>: runs the product until it is stopped.</summary>
public static class ServeVerb
{
    /// <summary>The verb for the parser; settings such as <c>--Email:Smtp:Host=…</c> may follow it.</summary>
    public static Command Create()
    {
        var role = new Option<ProcessRole?>("--role") { Description = "web, engine or all" };
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on" };
        var command = new Command("serve", "Runs the product until it is stopped.") { role, urls };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(result =>
        {
            var settings = new List<string>(result.UnmatchedTokens);
            if (result.GetValue(role) is { } wanted)
            {
                settings.Add($"--Dashboard:Role={wanted}");
            }

            if (result.GetValue(urls) is { } addresses)
            {
                settings.Add($"--urls={addresses}");
            }

            return RunAsync([.. settings]);
        });
        return command;
    }

    /// <summary>Builds, prepares and runs the host.</summary>
    public static async Task<int> RunAsync(string[] settings)
    {
        try
        {
            await using var app = await DashboardHost.BuildAsync(settings);
            await app.Services.GetRequiredService<StartUp>().RunAsync(CancellationToken.None);
            await app.RunAsync();
            return 0;
        }
        catch (StartUpException problem)
        {
            return await Verb.FailAsync(problem.Message);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            return await Verb.FailAsync(
                $"{problem.Message} Stop the other program, or listen elsewhere with --urls http://localhost:5081."
            );
        }
    }
}
