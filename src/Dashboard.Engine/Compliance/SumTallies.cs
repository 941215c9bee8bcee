using Dashboard.Data.Sql;
using Dashboard.Engine.Loops;
using Npgsql;

namespace Dashboard.Engine.Compliance;

/// <summary>
/// Sums what rules said (<c>ops.rule_tallies</c>) by the hour once the hour is over: a row a rule and batch would be millions a
/// month.
/// </summary>
public sealed class SumTallies(NpgsqlDataSource source, TimeProvider time) : IEngineJob
{
    private const int Most = 20_000;

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken) =>
        await RunOnceAsync(cancellationToken) == Most;

    /// <summary>One round; returns how many rows were summed up.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var anHourAgo = time.GetUtcNow().UtcDateTime.AddHours(-1);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            SqlFile.Read<SumTallies>("SumTallies"),
            Statement.At(anHourAgo.Date.AddHours(anHourAgo.Hour)),
            Statement.Number(Most)
        );
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
