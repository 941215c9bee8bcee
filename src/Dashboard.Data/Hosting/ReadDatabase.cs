using Npgsql;

namespace Dashboard.Data.Hosting;

/// <summary>
/// Where long reads go: the replica of <c>ConnectionStrings:DashboardRead</c>, else the database itself. What it shows may be a
/// little behind.
/// </summary>
public sealed class ReadDatabase : IDisposable
{
    private readonly bool _own;

    /// <summary>The database itself.</summary>
    public ReadDatabase(NpgsqlDataSource dataSource) => DataSource = dataSource;

    /// <summary>A replica, with connections of its own.</summary>
    public ReadDatabase(string connectionString)
    {
        DataSource = DashboardDbOptions.CreateDataSource(connectionString);
        _own = true;
    }

    /// <summary>Connections with <c>timezone=UTC</c>.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_own)
        {
            DataSource.Dispose();
        }
    }
}
