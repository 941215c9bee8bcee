using System.CommandLine;
using Dashboard.Data.Campaigns;
using Dashboard.Data.Commands;

namespace Dashboard.Web.Hosting;

/// <summary><c>enrol --overdue</c>: starts a campaign for every customer with overdue invoices.</summary>
internal static class EnrolVerb
{
    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var overdue = new Option<bool>("--overdue")
        {
            Description = "Every customer with overdue invoices",
            Required = true,
        };
        var command = Verb.Create("enrol", "Starts campaigns with the standard steps.");
        command.Options.Add(overdue);
        command.SetAction(
            (arguments, cancellationToken) => Verb.RunAsync(arguments, RunAsync, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await services.GetRequiredService<StartUp>().SeedAsync(withAgents: true, cancellationToken);
        var result = await services
            .GetRequiredService<CommandRunner>()
            .RunAsync(new EnrolCustomers(), Actor.System("enrol"), cancellationToken);
        if (result.Error is { } error)
        {
            return await Verb.FailAsync(error.Message);
        }

        var done = result.Value;
        await Console.Out.WriteLineAsync(
            $"{done.Enrolled} customers enrolled, {done.AlreadyEnrolled} were already, "
                + $"{done.DoNotContact} must not be contacted."
        );
        return 0;
    }
}
