using Dashboard.Data.Sql;
using Dashboard.Domain.Json;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Sending;

/// <summary>Writes results in one transaction: attempts, tasks, agents, campaigns, profiles and audit rows.</summary>
internal sealed class ResultRecorder(
    NpgsqlDataSource source,
    IOptions<EngineOptions> options,
    TimeProvider time
)
{
    /// <summary>Records what became of attempts whose tasks <paramref name="token"/> holds; returns how many tasks moved.</summary>
    public async Task<int> RecordAsync(
        IReadOnlyList<SendResult> results,
        string token,
        string actor,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(
            SqlFile.Read<ResultRecorder>("LockAgents"),
            Statement.Keys(results.Select(r => r.AgentId).Distinct())
        );
        batch.Add(
            SqlFile.Read<ResultRecorder>("Record"),
            Statement.Keys(results.Select(r => r.AttemptId)),
            Statement.Keys(results.Select(r => r.TaskId)),
            Statement.Texts(results.Select(r => r.AttemptStatus.ToText())),
            Statement.Numbers(results.Select(r => r.Duration)),
            Statement.Texts(results.Select(r => r.Response)),
            Statement.Texts(results.Select(r => r.Metadata)),
            Statement.Texts(results.Select(r => r.TaskStatus.ToText())),
            Statement.Texts(results.Select(r => r.Context)),
            Statement.Instants(results.Select(r => r.DueAt)),
            Statement.Flags(results.Select(r => r.Contacted)),
            Statement.Flags(results.Select(r => r.Fault)),
            Statement.Text(token),
            Statement.At(time.GetUtcNow().UtcDateTime),
            Statement.Text(actor),
            Statement.Number(options.Value.FailuresToError)
        );
        int moved;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            moved = reader.GetInt32(0);
        }

        await transaction.CommitAsync(cancellationToken);
        return moved;
    }
}
