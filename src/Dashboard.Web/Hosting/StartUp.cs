using Dashboard.Data.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Web.Hosting;

/// <summary>What happens once, before requests are answered.</summary>
public sealed class StartUp(
    Migrator migrator,
    DatabaseStartupCheck check,
    IOptions<DashboardOptions> options,
    ILogger<StartUp> log
)
{
    /// <summary>Brings the schema up to date (or refuses an older one) and checks that the server is fit.</summary>
    /// <exception cref="StartUpException">The database cannot be reached or used; says why and the remedy.</exception>
    public async Task PrepareDatabaseAsync(bool migrate, CancellationToken cancellationToken)
    {
        try
        {
            if (migrate)
            {
                foreach (var migration in await migrator.MigrateAsync(cancellationToken))
                {
                    log.LogInformation("Applied migration {Migration}", migration);
                }
            }
            else if (await migrator.PendingAsync(cancellationToken) is [var first, ..])
            {
                throw new StartUpException(
                    $"The database lacks migration {first}. Run the verb 'migrate', or set Dashboard__MigrateAtStart=true."
                );
            }

            await check.EnsureFitAsync(cancellationToken);
        }
        catch (DatabaseUnfitException problem)
        {
            throw new StartUpException(problem.Message, problem);
        }
        catch (NpgsqlException problem)
        {
            throw new StartUpException(
                $"The database cannot be used: {problem.Message} Check {Database.Setting}.",
                problem
            );
        }
    }

    /// <summary>Everything <c>serve</c> needs before it answers.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        PrepareDatabaseAsync(options.Value.MigrateAtStart, cancellationToken);
}
