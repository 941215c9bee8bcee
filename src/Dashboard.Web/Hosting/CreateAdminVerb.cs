using System.CommandLine;
using Dashboard.Web.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Hosting;

/// <summary><c>create-admin EMAIL</c>: prints a one-time link by which the new administrator chooses a password.</summary>
internal static class CreateAdminVerb
{
    /// <summary>The verb for the parser.</summary>
    public static Command Create()
    {
        var email = new Argument<string>("email") { Description = "Address to sign in with" };
        var command = Verb.Create(
            "create-admin",
            "Makes an administrator and prints a one-time link."
        );
        command.Arguments.Add(email);
        command.SetAction(
            (arguments, cancellationToken) =>
                Verb.RunAsync(
                    arguments,
                    (services, token) => RunAsync(services, arguments.GetValue(email)!, token),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        string email,
        CancellationToken cancellationToken
    )
    {
        var setup = services.GetRequiredService<AdministratorSetup>();
        var result = await setup.CreateAsync(
            email,
            password: null,
            cancellationToken: cancellationToken
        );
        if (result.Error is { } error)
        {
            return await Verb.FailAsync(error.Message);
        }

        var address = services.GetRequiredService<IOptions<DashboardOptions>>().Value.PublicUrl;
        await Console.Out.WriteLineAsync(
            $"{email} chooses a password here, once: {address.TrimEnd('/')}{result.Value!.Path}"
        );
        return 0;
    }
}
