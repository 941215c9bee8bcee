using Dashboard.Data.Commands;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Tasks;

/// <summary>Cancels a customer's waiting contacts, because the customer said no.</summary>
internal static class WaitingContacts
{
    /// <summary>A task that may go by another channel is left to the gate, which sends it there or cancels it.</summary>
    private const string Sql = $"""
        WITH target AS (
            SELECT id, status AS before, assigned_agent_id AS agent_id FROM tasks
            WHERE customer_id = @customer AND status IN ('pending', 'assigned') AND type = ANY(@types)
              AND (@all OR context ->> 'fallback_channel' IS NULL)
            ORDER BY id FOR NO KEY UPDATE),
        hurried AS (
            UPDATE tasks SET due_at = @now
            WHERE customer_id = @customer AND status = 'pending' AND type = ANY(@types)
              AND NOT @all AND context ->> 'fallback_channel' IS NOT NULL),
        done AS (
            UPDATE tasks t
            SET status = 'cancelled', completed_at = @now,
                context = (t.context - 'lease') || jsonb_build_object('reason', @reason, 'outcome', 'cancelled')
            FROM target WHERE t.id = target.id
            RETURNING t.id, t.campaign_id, target.before, 'cancelled' AS after, target.agent_id),
        {TaskSql.ReleaseAgents},
        {TaskSql.WithdrawApprovals},
        {TaskSql.WakeCampaigns},
        {TaskSql.AuditStatus}
        SELECT count(*)::int FROM done
        """;

    private static readonly TaskType[] s_contacts =
    [
        TaskType.SendEmail,
        TaskType.SendSms,
        TaskType.MakeCall,
    ];

    /// <summary>Cancels on one channel's task type, or on all when <paramref name="type"/> is null.</summary>
    public static Task<List<int>> CancelAsync(
        CommandContext context,
        Guid customerId,
        TaskType? type,
        string reason,
        CancellationToken cancellationToken
    ) =>
        context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("customer", customerId);
                p.AddWithValue("all", type is null);
                p.AddWithValue(
                    "types",
                    s_contacts
                        .Where(t => type is null || t == type)
                        .Select(t => t.ToText())
                        .ToArray()
                );
                p.AddText("reason", reason);
            },
            row => row.GetInt32(0),
            cancellationToken
        );
}
