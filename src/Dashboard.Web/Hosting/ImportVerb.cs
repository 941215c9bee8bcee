using System.CommandLine;
using Dashboard.Data.Commands;
using Dashboard.Data.Imports;

namespace Dashboard.Web.Hosting;

/// <summary><c>import customers|payments FILE --mapping FILE [--dry-run] [--rejects FILE]</c>.</summary>
internal static class ImportVerb
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The CSV file" };

    private static readonly Option<FileInfo> Mapping = new("--mapping")
    {
        Description = "How its columns become fields (JSON)",
        Required = true,
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Check and count, change nothing",
    };

    private static readonly Option<FileInfo?> Rejects = new("--rejects")
    {
        Description = "Where to write the rejected rows as CSV",
    };

    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("import", "Imports customers or invoices from a CSV file.");
        command.Subcommands.Add(Create("customers", ImportKind.Customers));
        command.Subcommands.Add(Create("payments", ImportKind.Payments));
        return command;
    }

    private static Command Create(string name, ImportKind kind)
    {
        var command = Verb.Create(name, $"Imports {name} from a CSV file.");
        command.Arguments.Add(File);
        command.Options.Add(Mapping);
        command.Options.Add(DryRun);
        command.Options.Add(Rejects);
        command.SetAction(
            (arguments, cancellationToken) => RunAsync(arguments, kind, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments,
        ImportKind kind,
        CancellationToken cancellationToken
    )
    {
        var file = arguments.GetValue(File)!;
        var mappingFile = arguments.GetValue(Mapping)!;
        if (new[] { file, mappingFile }.FirstOrDefault(f => !f.Exists) is { } missing)
        {
            return await Verb.FailAsync($"There is no file {missing.FullName}.");
        }

        var mapping = ImportMapping.Read(
            await System.IO.File.ReadAllTextAsync(mappingFile.FullName, cancellationToken)
        );
        if (mapping.Error is { } fault)
        {
            return await Verb.FailAsync($"{mappingFile.Name}: {fault.Message}");
        }

        var request = new ImportRequest(
            kind,
            file.FullName,
            file.Name,
            mapping.Value,
            Actor.System("import"),
            arguments.GetValue(DryRun),
            arguments.GetValue(Rejects)?.FullName
        );
        return await Verb.RunAsync(
            arguments,
            (services, token) =>
                ImportAsync(services.GetRequiredService<ImportRunner>(), request, token),
            cancellationToken
        );
    }

    private static async Task<int> ImportAsync(
        ImportRunner runner,
        ImportRequest request,
        CancellationToken cancellationToken
    )
    {
        var result = await runner.RunAsync(request, new ConsoleProgress(), cancellationToken);
        if (result.Error is { } error)
        {
            return await Verb.FailAsync(error.Message);
        }

        await Console.Out.WriteLineAsync(ImportText.Summary(result.Value));
        foreach (var row in result.Value.FirstRejections)
        {
            await Console.Out.WriteLineAsync($"line {row.Line}, {row.Column}: {row.Reason}");
        }

        return 0;
    }

    /// <summary>One line on standard error that moves, when somebody watches.</summary>
    private sealed class ConsoleProgress : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write(
                    $"\r{value.Percent, 3} %  {value.RowsRead:N0} rows, {value.RowsRejected:N0} rejected   "
                        + (value.Phase == ImportPhase.Done ? Environment.NewLine : string.Empty)
                );
            }
        }
    }
}
