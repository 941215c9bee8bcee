using Dashboard.LocalDatabase;

namespace Dashboard.Web.Hosting;

/// <summary>The database of this process.</summary>
/// <param name="ConnectionString">How to reach it.</param>
/// <param name="Embedded">The PostgreSQL this program brought along; null when one was configured.</param>
public sealed record Database(string ConnectionString, LocalPostgres? Embedded) : IAsyncDisposable
{
    /// <summary>Name of the setting, as people write it in the environment.</summary>
    public const string Setting = "ConnectionStrings__Dashboard";

    /// <summary>Takes <c>ConnectionStrings:Dashboard</c>; without it starts the embedded PostgreSQL.</summary>
    /// <exception cref="StartUpException">The embedded PostgreSQL cannot start; says why and the remedy.</exception>
    public static async Task<Database> ResolveAsync(
        IConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        var configured = configuration.GetConnectionString("Dashboard");
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return new Database(configured, null);
        }

        try
        {
            var embedded = await LocalPostgres.StartAsync(
                LocalPostgresOptions.ForProgram(Console.Error.WriteLine),
                cancellationToken
            );
            return new Database(embedded.ConnectionString("dashboard"), embedded);
        }
        catch (LocalPostgresException problem)
        {
            throw new StartUpException(problem.Message, problem);
        }
    }

    /// <summary>Stops the embedded PostgreSQL, if this process started it.</summary>
    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
