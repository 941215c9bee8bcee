using Dashboard.Data;
using Dashboard.Data.Commands;
using Dashboard.Data.Demo;
using Dashboard.Data.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Web.Hosting;

/// <summary>What happens once, before requests are answered.</summary>
public sealed class StartUp(
    Migrator migrator,
    DatabaseStartupCheck check,
    Database database,
    CommandRunner commands,
    DemoData demo,
    IDbContextFactory<DashboardDb> contexts,
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

    /// <summary>Adds the standard templates, rules and agents where there are none.</summary>
    /// <param name="withAgents">False when the demo data is about to bring its own agents.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task SeedAsync(bool withAgents, CancellationToken cancellationToken)
    {
        var seeded = await commands.RunAsync(
            new SeedStandards(withAgents),
            Actor.System("start"),
            cancellationToken
        );
        if (seeded.Error is { } error)
        {
            throw new StartUpException($"The standard rules cannot be written: {error.Message}");
        }
    }

    /// <summary>Everything <c>serve</c> needs before it answers.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await PrepareDatabaseAsync(options.Value.MigrateAtStart, cancellationToken);
        if (await WantsDemoAsync(cancellationToken))
        {
            // The rules stay when the demo data goes: there is no moment without them.
            await SeedAsync(withAgents: false, cancellationToken);
            await Console.Error.WriteLineAsync("Loading the data of an invented company …");
            await demo.LoadAsync(cancellationToken);
        }

        await SeedAsync(withAgents: true, cancellationToken);
    }

    /// <summary>Only an empty database gets demo data, so nobody finds invented customers beside real ones.</summary>
    private async Task<bool> WantsDemoAsync(CancellationToken cancellationToken)
    {
        if (!(options.Value.DemoData ?? database.Embedded is not null))
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return !await db.Customers.AnyAsync(cancellationToken)
            && !await db.AuditLogs.AnyAsync(
                a => a.EntityType == "demo" && a.Action == "removed",
                cancellationToken
            );
    }
}
