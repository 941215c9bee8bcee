using System.CommandLine;

namespace Dashboard.Web.Hosting;

/// <summary><c>migrate</c>: brings the database to this version's schema and ends.</summary>
internal static class MigrateVerb
{
    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var command = Verb.Create("migrate", "Brings the database to this version's schema.");
        command.SetAction(
            (arguments, cancellationToken) =>
                Verb.RunAsync(
                    arguments,
                    async (_, _) =>
                    {
                        await Console.Out.WriteLineAsync("The database has this version's schema.");
                        return 0;
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
