using System.CommandLine;

namespace Dashboard.Web.Hosting;

/// <summary><c>migrate</c>: brings the database to this version's schema and ends.</summary>
public static class MigrateVerb
{
    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database to this version's schema.");
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async result =>
        {
            await using var app = await DashboardHost.BuildAsync([.. result.UnmatchedTokens]);
            await app
                .Services.GetRequiredService<StartUp>()
                .PrepareDatabaseAsync(migrate: true, CancellationToken.None);
        });
        return command;
    }
}
