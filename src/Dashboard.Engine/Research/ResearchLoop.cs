using Dashboard.Data.Sql;
using Dashboard.Engine.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Research;

/// <summary>Works off <c>research_customer</c> tasks: brings payment delay, response rate and risk up to date from history.</summary>
public sealed class ResearchLoop(
    NpgsqlDataSource source,
    IOptions<EngineOptions> options,
    TimeProvider time
) : IEngineJob
{
    /// <inheritdoc />
    public TimeSpan Interval => options.Value.PollInterval * 4;

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken) =>
        await RunOnceAsync(cancellationToken) > 0;

    /// <summary>Works off one batch; returns how many customers' tasks were done.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            SqlFile.Read<ResearchLoop>("Research"),
            Statement.At(now),
            Statement.Number(options.Value.BatchSize),
            Statement.Day(DateOnly.FromDateTime(now))
        );
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
