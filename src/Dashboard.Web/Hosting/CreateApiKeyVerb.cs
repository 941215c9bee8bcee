using System.CommandLine;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;

namespace Dashboard.Web.Hosting;

/// <summary><c>create-api-key NAME --scope all|…</c>: makes an API key; the key alone is on the last line.</summary>
internal static class CreateApiKeyVerb
{
    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The program it is for" };
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"What it may do; one or more of {string.Join(", ", ApiScopes.Names)}",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var command = Verb.Create(
            "create-api-key",
            "Makes a key for the HTTP API and prints it, once."
        );
        command.Arguments.Add(name);
        command.Options.Add(scopes);
        command.SetAction(
            (arguments, cancellationToken) =>
                Verb.RunAsync(
                    arguments,
                    (services, token) =>
                        RunAsync(
                            services,
                            new CreateApiKey(
                                arguments.GetValue(name)!,
                                [.. arguments.GetValue(scopes)!.SelectMany(s => s.Split(','))]
                            ),
                            token
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        CreateApiKey command,
        CancellationToken cancellationToken
    )
    {
        var result = await services
            .GetRequiredService<CommandRunner>()
            .RunAsync(command, Actor.System("create-api-key"), cancellationToken);
        if (result.Error is { } error)
        {
            return await Verb.FailAsync(error.Message);
        }

        await Console.Out.WriteLineAsync(
            $"Key for {command.Name} ({string.Join(", ", command.Scopes)}). It is shown this once:"
        );
        await Console.Out.WriteLineAsync(result.Value.Key);
        return 0;
    }
}
