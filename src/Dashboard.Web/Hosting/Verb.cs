using System.CommandLine;

namespace Dashboard.Web.Hosting;

/// <summary>What verbs that do one thing and end have in common.</summary>
internal static class Verb
{
    /// <summary>
    /// Builds the host without starting it, brings the database up to date and runs <paramref name="action"/>. Ctrl+C cancels it.
    /// </summary>
    /// <returns>What the action returned; 1 when the program cannot start, with the reason on standard error.</returns>
    public static async Task<int> RunAsync(
        ParseResult arguments,
        Func<IServiceProvider, CancellationToken, Task<int>> action,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // Log lines of the program would stand between the lines of the verb.
            string[] settings =
            [
                "--Logging:LogLevel:Default=Warning",
                "--Logging:Format=text",
                .. arguments.UnmatchedTokens,
            ];
            await using var app = await DashboardHost.BuildAsync(settings, cancellationToken);
            await app
                .Services.GetRequiredService<StartUp>()
                .PrepareDatabaseAsync(migrate: true, cancellationToken);
            return await action(app.Services, cancellationToken);
        }
        catch (StartUpException problem)
        {
            return await FailAsync(problem.Message);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync("Stopped. Nothing of the unfinished part was kept.");
        }
    }

    /// <summary>Says why on standard error; the exit code is 1.</summary>
    public static async Task<int> FailAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return 1;
    }

    /// <summary>A command that passes settings (<c>--Section:Key=value</c>) on to the host.</summary>
    public static Command Create(string name, string description) =>
        new(name, description) { TreatUnmatchedTokensAsErrors = false };
}
