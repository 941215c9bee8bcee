using Dashboard.Data.Sql;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Contacts.Results;

/// <summary>Writes results: attempts, tasks, agents, campaigns, profiles and audit rows, in the caller's transaction.</summary>
public sealed class AttemptResults
{
    /// <summary>
    /// Records what became of attempts. A task whose lease is not <paramref name="token"/>'s any more is left as it is; the
    /// attempt is recorded all the same, for it did happen.
    /// </summary>
    /// <param name="transaction">Open.</param>
    /// <param name="results">At least one.</param>
    /// <param name="token">Who holds the tasks.</param>
    /// <param name="actor">For the audit, where a task has no agent.</param>
    /// <param name="now">UTC.</param>
    /// <param name="failuresToError">Failures in a row that put an agent to <c>error</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many tasks moved.</returns>
    public static async Task<int> RecordAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<AttemptResult> results,
        string token,
        string actor,
        DateTime now,
        int failuresToError,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        batch.Add(Sql("LockProfiles"), Statement.Keys(results.Select(r => r.AttemptId)));
        batch.Add(Sql("LockAgents"), Statement.Keys(results.Select(r => r.AgentId).Distinct()));
        batch.Add(
            Sql("Record"),
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
            Statement.At(now),
            Statement.Text(actor),
            Statement.Number(failuresToError)
        );
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt32(0);
    }

    private static string Sql(string name) => SqlFile.Read<AttemptResults>(name);
}
