using Dashboard.Data.Sql;
using Dashboard.Data.Templates;
using Npgsql;

namespace Dashboard.Engine.Sending;

/// <summary>Reads what is reserved for a process and keeps its leases alive.</summary>
internal sealed class SendStore(NpgsqlDataSource source)
{
    private static readonly string s_jobs = SqlFile
        .Read<SendStore>("Jobs")
        .Replace("{template}", MessageSql.Template, StringComparison.Ordinal);

    /// <summary>Reserved attempts held by <paramref name="token"/>.</summary>
    public async Task<List<Guid>> FindMineAsync(
        string token,
        int most,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            SqlFile.Read<SendStore>("Mine"),
            Statement.Text(token),
            Statement.Number(most)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    /// <summary>The attempts that are still reserved and still held by <paramref name="token"/>.</summary>
    public async Task<List<SendJob>> LoadAsync(
        IReadOnlyList<Guid> attempts,
        string token,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            s_jobs,
            Statement.Keys(attempts),
            Statement.Text(token)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<SendJob>();
        while (await reader.ReadAsync(cancellationToken))
        {
            jobs.Add(SendJob.Read(reader));
        }

        return jobs;
    }

    /// <summary>Holds all its tasks until <paramref name="until"/>.</summary>
    public async Task RenewAsync(string token, DateTime until, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            SqlFile.Read<SendStore>("RenewLeases"),
            Statement.Text(token),
            Statement.Text(until.ToString("O"))
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
