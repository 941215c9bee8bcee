using Dashboard.Data.Commands;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Npgsql;

namespace Dashboard.Data.Tasks;

/// <summary>One customer's stop on a channel.</summary>
/// <param name="CustomerId">Whose. The row is locked.</param>
/// <param name="Channel">Which channel.</param>
/// <param name="ForGood">True cancels what waits; false lets it wait for the gate.</param>
internal readonly record struct ContactStop(Guid CustomerId, OptOutChannel Channel, bool ForGood);

/// <summary>What became of one task or attempt.</summary>
internal sealed record StopEffect(
    Guid CustomerId,
    OptOutChannel Stop,
    string Kind,
    StoppedTask Task,
    InFlightContact? Contact
);

/// <summary>Stops customers' waiting contacts, because they said no, in one statement however many customers there are.</summary>
internal static class WaitingContacts
{
    /// <summary>A provider may still deliver what it took so long ago.</summary>
    private const int MinutesOnTheWay = 10;

    /// <summary>A task that may go by another channel is left to the gate, which sends it there or cancels it.</summary>
    private const string Sql = $"""
        WITH stop AS MATERIALIZED (
            SELECT * FROM unnest(@customers, @channels, @for_good) AS s (customer_id, channel, for_good)),
        wanted AS MATERIALIZED (
            SELECT t.id, t.status AS before, t.assigned_agent_id AS agent_id, s.channel AS stop,
                   CASE WHEN NOT s.for_good THEN 'waiting'
                        WHEN s.channel = 'all' OR t.context ->> 'fallback_channel' IS NULL THEN 'cancelled'
                        ELSE 'rerouted' END AS kind
            FROM stop s
            JOIN tasks t ON t.customer_id = s.customer_id AND t.status IN ('pending', 'assigned')
                AND t.type = ANY(CASE s.channel WHEN 'email' THEN ARRAY['send_email'] WHEN 'sms' THEN ARRAY['send_sms']
                    WHEN 'phone' THEN ARRAY['make_call'] ELSE ARRAY['send_email', 'send_sms', 'make_call'] END)
            ORDER BY t.id FOR NO KEY UPDATE OF t),
        target AS (
            SELECT DISTINCT ON (id) id, before, agent_id FROM wanted WHERE kind = 'cancelled' ORDER BY id),
        hurried AS (
            UPDATE tasks SET due_at = @now
            WHERE status = 'pending' AND id IN (SELECT id FROM wanted WHERE kind = 'rerouted')
              AND id NOT IN (SELECT id FROM target)),
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
        SELECT t.customer_id, w.stop, w.kind, t.id, t.type, t.campaign_id, k.name, (t.context ->> 'step_number')::int,
               t.due_at, NULL::uuid, NULL::timestamp, NULL::text
        FROM wanted w JOIN tasks t ON t.id = w.id LEFT JOIN campaigns k ON k.id = t.campaign_id
        UNION ALL
        SELECT a.customer_id, s.channel, 'in_flight', t.id, t.type, a.campaign_id, k.name, (t.context ->> 'step_number')::int,
               t.due_at, a.id, a.timestamp, a.metadata ->> 'delivery'
        FROM stop s
        JOIN contact_attempts a ON a.customer_id = s.customer_id AND a.timestamp <= @now
            AND (s.channel = 'all' OR a.channel = s.channel) AND a.status = 'sent'
        JOIN tasks t ON t.id = a.task_id
        LEFT JOIN campaigns k ON k.id = a.campaign_id
        WHERE (t.status = 'in_progress' AND a.timestamp >= coalesce(t.started_at, a.timestamp)
                AND a.metadata ->> 'delivery' IN ('reserved', 'accepted'))
           OR (a.metadata ->> 'delivery' = 'accepted' AND a.channel <> 'phone'
                AND a.timestamp > @now - make_interval(mins => @minutes))
        ORDER BY 9 NULLS LAST, 4
        """;

    /// <summary>Stops, and says what each stop did; a task may be named under two stops of its customer.</summary>
    public static Task<List<StopEffect>> StopAsync(
        CommandContext context,
        IReadOnlyCollection<ContactStop> stops,
        string reason,
        CancellationToken cancellationToken
    ) =>
        context.QueryAsync(
            Sql,
            p =>
            {
                p.AddWithValue("customers", stops.Select(s => s.CustomerId).ToArray());
                p.AddWithValue("channels", stops.Select(s => s.Channel.ToText()).ToArray());
                p.AddWithValue("for_good", stops.Select(s => s.ForGood).ToArray());
                p.AddWithValue("minutes", MinutesOnTheWay);
                p.AddText("reason", reason);
            },
            Read,
            cancellationToken
        );

    /// <summary>
    /// Has the gate look again at once at what it stopped, after a stop was taken away: what still may not leave waits on.
    /// </summary>
    public static Task<int> ReleaseAsync(
        CommandContext context,
        IReadOnlyCollection<Guid> customers,
        CancellationToken cancellationToken
    ) =>
        context.ExecuteAsync(
            """
            UPDATE tasks SET due_at = @now
            WHERE customer_id = ANY(@customers) AND status = 'pending' AND due_at > @now
              AND type IN ('send_email', 'send_sms', 'make_call') AND context -> 'gate' ->> 'decision' = 'blocked'
            """,
            p => p.AddWithValue("customers", customers.ToArray()),
            cancellationToken
        );

    private static StopEffect Read(NpgsqlDataReader row)
    {
        var task = new StoppedTask
        {
            Id = row.GetGuid(3),
            Channel = TaskTypes
                .ChannelOf(EnumText.Parse<Domain.Tasks.TaskType>(row.GetString(4)))!
                .Value,
            CampaignId = row.IsDBNull(5) ? null : row.GetGuid(5),
            Campaign = row.IsDBNull(6) ? null : row.GetString(6),
            StepNumber = row.IsDBNull(7) ? null : row.GetInt32(7),
            DueAt = row.IsDBNull(8)
                ? null
                : DateTime.SpecifyKind(row.GetDateTime(8), DateTimeKind.Utc),
        };
        var contact = row.IsDBNull(9)
            ? null
            : new InFlightContact
            {
                AttemptId = row.GetGuid(9),
                TaskId = task.Id,
                Channel = task.Channel,
                At = DateTime.SpecifyKind(row.GetDateTime(10), DateTimeKind.Utc),
                CampaignId = task.CampaignId,
                Campaign = task.Campaign,
                StepNumber = task.StepNumber,
                Delivery = EnumText.TryParse<Delivery>(row.GetString(11), out var delivery)
                    ? delivery
                    : Delivery.Unconfirmed,
            };
        return new StopEffect(
            row.GetGuid(0),
            EnumText.Parse<OptOutChannel>(row.GetString(1)),
            row.GetString(2),
            task,
            contact
        );
    }
}
