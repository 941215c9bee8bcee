using Dashboard.Data.Commands;
using Dashboard.Data.Contacts.Results;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Data.Tasks;

/// <summary>A task with the contact that an agent started for it, held.</summary>
internal sealed record StartedTask(
    Guid TaskId,
    Guid AgentId,
    AgentTaskStatus Status,
    Channel Channel,
    bool IsMine,
    bool IsLastAttempt,
    Guid? AttemptId,
    Delivery? Delivery
)
{
    /// <summary>Failures in a row that put an agent to <c>error</c>.</summary>
    private const int FailuresToError = 5;

    /// <summary>The customer before the task, as every stop has it.</summary>
    private const string Sql = """
        SELECT t.status, t.type, coalesce(t.context -> 'lease' ->> 'token' = @token, false),
               coalesce(t.attempts, 0) >= coalesce(t.max_attempts, 1), a.id, a.metadata ->> 'delivery'
        FROM tasks t
        LEFT JOIN LATERAL (
            SELECT id, metadata FROM contact_attempts
            WHERE task_id = t.id AND customer_id = t.customer_id AND agent_id = @agent
            ORDER BY timestamp DESC LIMIT 1) a ON true
        WHERE t.id = @task AND t.type IN ('send_email', 'send_sms', 'make_call')
        FOR NO KEY UPDATE OF t
        """;

    /// <summary>It is reserved, or was given up as unconfirmed: its result is still to be told.</summary>
    public bool IsOpen =>
        Delivery is Domain.Contacts.Delivery.Reserved or Domain.Contacts.Delivery.Unconfirmed;

    /// <summary>Holds customer and task; null when there is no such task.</summary>
    public static async Task<StartedTask?> FindAsync(
        CommandContext context,
        Guid taskId,
        Guid agentId,
        CancellationToken cancellationToken
    )
    {
        await context.ExecuteAsync(
            "SELECT 1 FROM customers WHERE id = (SELECT customer_id FROM tasks WHERE id = @task) FOR NO KEY UPDATE",
            p => p.AddWithValue("task", taskId),
            cancellationToken
        );
        var rows = await context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("task", taskId);
                p.AddWithValue("agent", agentId);
                p.AddWithValue("token", AgentLease.Token(agentId));
            },
            row => Read(row, taskId, agentId),
            cancellationToken
        );
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Records what became of the contact; the task moves only while the agent still holds it.</summary>
    public Task<int> RecordAsync(
        CommandContext context,
        AttemptResult result,
        CancellationToken cancellationToken
    ) =>
        AttemptResults.RecordAsync(
            context.Transaction,
            [result],
            AgentLease.Token(AgentId),
            context.Actor.Id,
            context.Now,
            FailuresToError,
            cancellationToken
        );

    private static StartedTask Read(NpgsqlDataReader row, Guid taskId, Guid agentId) =>
        new(
            taskId,
            agentId,
            EnumText.Parse<AgentTaskStatus>(row.GetString(0)),
            TaskTypes.ChannelOf(EnumText.Parse<TaskType>(row.GetString(1)))!.Value,
            row.GetBoolean(2),
            row.GetBoolean(3),
            row.IsDBNull(4) ? null : row.GetGuid(4),
            row.IsDBNull(5) ? null : EnumText.Parse<Delivery>(row.GetString(5))
        );
}
