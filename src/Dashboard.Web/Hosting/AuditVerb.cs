using System.CommandLine;
using System.Globalization;
using Dashboard.Data.Audit;

namespace Dashboard.Web.Hosting;

/// <summary><c>audit verify [--head NUMBER:HASH]</c> and <c>audit seal</c>.</summary>
internal static class AuditVerb
{
    private const int FaultsShown = 20;

    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("audit", "Proves that nobody changed the audit log.");
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(Seal());
        return command;
    }

    private static Command Verify()
    {
        var head = new Option<string?>("--head")
        {
            Description = "A head kept outside the database (NUMBER:HASH): the chain must hold it",
        };
        var command = Verb.Create(
            "verify",
            "Checks every row against its seal and names the first that was changed, removed or inserted. Exit code 1 if any."
        );
        command.Options.Add(head);
        command.SetAction(
            (arguments, cancellationToken) =>
                Verb.RunAsync(
                    arguments,
                    (services, token) => VerifyAsync(services, arguments.GetValue(head), token),
                    cancellationToken
                )
        );
        return command;
    }

    private static Command Seal()
    {
        var afterBreak = new Option<bool>("--after-break")
        {
            Description =
                "Goes on although the end of the chain is not the one that was left; the break stays on record",
        };
        var command = Verb.Create("seal", "Seals now what the engine would seal within seconds.");
        command.Options.Add(afterBreak);
        command.SetAction(
            (arguments, cancellationToken) =>
                Verb.RunAsync(
                    arguments,
                    (services, token) => SealAsync(services, arguments.GetValue(afterBreak), token),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> VerifyAsync(
        IServiceProvider services,
        string? head,
        CancellationToken cancellationToken
    )
    {
        var expected = AuditHead.Parse(head);
        if (head is not null && expected is null)
        {
            return await Verb.FailAsync(
                $"--head {head} is not a head. It has the form NUMBER:HASH with 64 hexadecimal digits, as 'audit verify' prints it."
            );
        }

        var report = await services
            .GetRequiredService<AuditVerifier>()
            .VerifyAsync(expected, null, cancellationToken);
        foreach (var fault in report.Faults.Take(FaultsShown))
        {
            await Console.Out.WriteLineAsync(fault.Text);
        }

        foreach (var line in Lines(report))
        {
            await Console.Out.WriteLineAsync(line);
        }

        return report.IsUnbroken ? 0 : 1;
    }

    private static async Task<int> SealAsync(
        IServiceProvider services,
        bool afterBreak,
        CancellationToken cancellationToken
    )
    {
        var report = await services
            .GetRequiredService<AuditSealer>()
            .SealAsync(afterBreak, cancellationToken: cancellationToken);
        if (report.Refused is { } reason)
        {
            return await Verb.FailAsync(reason);
        }

        await Console.Out.WriteLineAsync(
            report.Head is null
                ? "Another process is sealing at this moment."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Rows} rows sealed. Head {report.Head}"
                )
        );
        return 0;
    }

    private static IEnumerable<string> Lines(AuditReport report)
    {
        var faults = report.Counts.Values.Sum();
        if (faults > FaultsShown)
        {
            yield return Text($"… and {faults - FaultsShown} more.");
        }

        yield return Text(
            $"{report.Rows} sealed rows in {report.Seals} seals checked in {report.Took.TotalSeconds:0.0} s; {report.Waiting} rows wait for the next seal."
        );
        if (!report.IsUnbroken)
        {
            var kinds = report
                .Counts.OrderBy(c => c.Key)
                .Select(c => Text($"{c.Value} {Word(c.Key)}"));
            yield return $"BROKEN: {string.Join(", ", kinds)}.";
        }
        else if (report.Head is null)
        {
            yield return "There is no seal yet: nothing is proved. The engine seals every few seconds, 'audit seal' at once.";
        }
        else
        {
            yield return Text(
                $"Unbroken. Sealed up to {report.SealedUpTo:yyyy-MM-dd HH:mm:ss} UTC."
            );
        }

        yield return report.Compared is { } compared
            ? Text($"Compared with head {compared.Number}, kept outside the database.")
            : "No head kept outside the database to compare with: the end of the chain could have been cut off.";
        if (report.Head is { } head)
        {
            yield return $"Head {head}";
        }
    }

    private static string Word(AuditFaultKind kind) =>
        kind switch
        {
            AuditFaultKind.Changed => "changed",
            AuditFaultKind.Removed => "removed",
            AuditFaultKind.Inserted => "inserted",
            AuditFaultKind.Seal => "wrong in the seals",
            AuditFaultKind.Head => "at the end of the chain",
            _ => "of the table's protection",
        };

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
