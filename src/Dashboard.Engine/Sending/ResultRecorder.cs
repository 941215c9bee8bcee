using Dashboard.Data.Contacts.Results;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Sending;

/// <summary>Writes the engine's results, each batch in one transaction.</summary>
internal sealed class ResultRecorder(
    NpgsqlDataSource source,
    IOptions<EngineOptions> options,
    TimeProvider time
)
{
    /// <summary>Records what became of attempts whose tasks <paramref name="token"/> holds; returns how many tasks moved.</summary>
    public async Task<int> RecordAsync(
        IReadOnlyList<AttemptResult> results,
        string token,
        string actor,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var moved = await AttemptResults.RecordAsync(
            transaction,
            results,
            token,
            actor,
            time.GetUtcNow().UtcDateTime,
            options.Value.FailuresToError,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return moved;
    }
}
