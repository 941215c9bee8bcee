using System.CommandLine;
using Dashboard.Data.Demo;

namespace Dashboard.Web.Hosting;

/// <summary><c>demo load</c> and <c>demo remove</c>.</summary>
internal static class DemoVerb
{
    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("demo", "Loads or removes the data of an invented company.");
        command.Subcommands.Add(
            Create(
                "load",
                "Adds the demo data.",
                (demo, token) => demo.LoadAsync(token),
                "added",
                "The demo data is already there."
            )
        );
        command.Subcommands.Add(
            Create(
                "remove",
                "Removes exactly the demo data.",
                (demo, token) => demo.RemoveAsync(token),
                "removed",
                "There is no demo data."
            )
        );
        return command;
    }

    private static Command Create(
        string name,
        string description,
        Func<DemoData, CancellationToken, Task<DemoReport?>> action,
        string done,
        string nothing
    )
    {
        var command = Verb.Create(name, description);
        command.SetAction(
            (arguments, cancellationToken) =>
                Verb.RunAsync(
                    arguments,
                    async (services, token) =>
                    {
                        var start = services.GetRequiredService<StartUp>();
                        await start.SeedAsync(withAgents: false, token);
                        var report = await action(services.GetRequiredService<DemoData>(), token);
                        await start.SeedAsync(withAgents: true, token);
                        await Console.Out.WriteLineAsync(
                            report is null
                                ? nothing
                                : $"{report.Customers} customers, {report.Invoices} invoices, {report.Campaigns} campaigns and {report.Contacts} contacts {done}."
                        );
                        return 0;
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
