using System.CommandLine;
using System.Globalization;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Proof;

namespace Dashboard.Web.Hosting;

/// <summary><c>prove [--from …] [--to …]</c>: judges the contacts of a period again and says what was found.</summary>
internal static class ProveVerb
{
    private static readonly Option<string?> From = new("--from")
    {
        Description =
            "UTC, e.g. 2026-11-01 or 2026-11-01T08:00; 24 hours before the end when left out",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "UTC, exclusive; now when left out",
    };

    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var command = Verb.Create(
            "prove",
            "Judges every contact of a period again; fails on violations and on planted ones that were missed."
        );
        command.Options.Add(From);
        command.Options.Add(To);
        command.SetAction(
            (arguments, cancellationToken) =>
                Verb.RunAsync(
                    arguments,
                    (services, token) =>
                        RunAsync(services, arguments.GetValue(From), arguments.GetValue(To), token),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        string? from,
        string? to,
        CancellationToken cancellationToken
    )
    {
        if (from is not null && Read(from) is null)
        {
            return await Verb.FailAsync(
                $"--from is '{from}': write a date such as 2026-11-01 (UTC)."
            );
        }

        if (to is not null && Read(to) is null)
        {
            return await Verb.FailAsync($"--to is '{to}': write a date such as 2026-11-02 (UTC).");
        }

        var end = Read(to) ?? services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var result = await services
            .GetRequiredService<ProofRunner>()
            .ProveAsync(
                Read(from) ?? end.AddDays(-1),
                end,
                Actor.System("prove"),
                cancellationToken
            );
        if (result.Error is { } refusal)
        {
            return await Verb.FailAsync(refusal.Message);
        }

        var run = result.Value;
        if (run.Status != ProofStatus.Done)
        {
            return await Verb.FailAsync(run.Failure ?? "The proof was cancelled.");
        }

        await Console.Out.WriteLineAsync(
            ProofSentence.Of(run.ContactsChecked, run.Violations, run.Planted, run.PlantedFound)
        );
        return run.Violations == 0 && ProofSentence.IsWorth(run.Planted, run.PlantedFound) ? 0 : 1;
    }

    private static DateTime? Read(string? text) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var utc
        )
            ? utc
            : null;
}
