using System.CommandLine;

namespace Dashboard.Web.Hosting;

/// <summary>The command line (contracts.md, "Command line"). No verb means <c>serve</c>.</summary>
public static class Verbs
{
    /// <summary>Runs the verb in <paramref name="args"/>; everything unknown without a verb goes to configuration.</summary>
    /// <returns>0, or 1 when the verb failed; the reason is on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "Client Escalation Calls: collects overdue invoices within the law."
        );
        root.Subcommands.Add(ServeVerb.Create());
        root.Subcommands.Add(MigrateVerb.Create());
        root.Subcommands.Add(CreateAdminVerb.Create());
        root.Subcommands.Add(CreateApiKeyVerb.Create());
        root.Subcommands.Add(ImportVerb.Create());
        root.Subcommands.Add(EnrolVerb.Create());
        root.Subcommands.Add(DemoVerb.Create());
        root.Subcommands.Add(ProveVerb.Create());
        root.Subcommands.Add(AuditVerb.Create());
        var known = args.Length > 0 && root.Subcommands.Any(c => c.Name == args[0]);
        var help = args is ["--help" or "-h" or "-?" or "--version", ..];
        return known || help
            ? await root.Parse(args).InvokeAsync()
            : await ServeVerb.RunAsync(args);
    }
}
