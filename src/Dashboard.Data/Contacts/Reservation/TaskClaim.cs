using Dashboard.Data.Agents;
using Dashboard.Data.Compliance;
using Dashboard.Data.Sql;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>
/// Which tasks are judged, and who would carry them out. Every claim shares <see cref="RuleLock"/> first, then holds tasks,
/// customers and the customers' facts.
/// </summary>
public abstract record TaskClaim
{
    private TaskClaim() { }

    /// <summary>Takes hold of the tasks and their customers.</summary>
    internal abstract Task<List<ClaimedTask>> TakeAsync(
        NpgsqlConnection connection,
        DateTime now,
        CancellationToken cancellationToken
    );

    /// <summary>The statement that holds the customers' facts.</summary>
    internal abstract string HoldFacts { get; }

    /// <summary>The agents that could take the tasks, held.</summary>
    internal abstract Task<AgentPool> AgentsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ClaimedTask> tasks,
        DateTime now,
        CancellationToken cancellationToken
    );

    private static string Sql(string name) => SqlFile.Read<TaskClaim>(name);

    /// <summary>What is due, for the engine's own agents; customers that somebody else holds are left out.</summary>
    /// <param name="Places">How many of each kind at most.</param>
    public sealed record Due(IReadOnlyDictionary<TaskType, int> Places) : TaskClaim
    {
        /// <inheritdoc />
        internal override string HoldFacts => Sql("HoldFacts");

        /// <inheritdoc />
        internal override async Task<List<ClaimedTask>> TakeAsync(
            NpgsqlConnection connection,
            DateTime now,
            CancellationToken cancellationToken
        )
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.Add(RuleLock.Share);
            batch.Add(
                Sql("Claim"),
                Statement.Texts(Places.Keys.Select(t => t.ToText())),
                Statement.Numbers(Places.Values.Select(n => (int?)n)),
                Statement.At(now)
            );
            return await ReadAsync(batch, 1, cancellationToken);
        }

        /// <inheritdoc />
        internal override Task<AgentPool> AgentsAsync(
            NpgsqlConnection connection,
            IReadOnlyList<ClaimedTask> tasks,
            DateTime now,
            CancellationToken cancellationToken
        ) =>
            AgentPool.LoadAsync(
                connection,
                tasks.Select(t => TaskTypes.AgentOf(t.Channel)).Distinct(),
                true,
                now,
                cancellationToken
            );
    }

    /// <summary>One task, waited for, for one agent of a person or another program.</summary>
    public sealed record One(Guid TaskId, Guid CustomerId, Guid AgentId) : TaskClaim
    {
        /// <inheritdoc />
        internal override string HoldFacts =>
            Sql("HoldFacts").Replace(" SKIP LOCKED", string.Empty, StringComparison.Ordinal);

        /// <inheritdoc />
        internal override async Task<List<ClaimedTask>> TakeAsync(
            NpgsqlConnection connection,
            DateTime now,
            CancellationToken cancellationToken
        )
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.Add(RuleLock.Share);
            batch.Add(Sql("HoldCustomer"), Statement.Key(CustomerId));
            batch.Add(Sql("ClaimOne"), Statement.Key(TaskId), Statement.Key(CustomerId));
            return await ReadAsync(batch, 2, cancellationToken);
        }

        /// <inheritdoc />
        internal override Task<AgentPool> AgentsAsync(
            NpgsqlConnection connection,
            IReadOnlyList<ClaimedTask> tasks,
            DateTime now,
            CancellationToken cancellationToken
        ) => AgentPool.LoadOneAsync(connection, AgentId, now, cancellationToken);
    }

    private static async Task<List<ClaimedTask>> ReadAsync(
        NpgsqlBatch batch,
        int locks,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var i = 0; i < locks; i++)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var tasks = new List<ClaimedTask>();
        await reader.EachAsync(row => tasks.Add(ClaimedTask.Read(row)), cancellationToken);
        return tasks;
    }
}
