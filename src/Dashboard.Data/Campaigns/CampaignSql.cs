using Dashboard.Data.Commands;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Campaigns;

/// <summary>What the campaign commands share.</summary>
internal static class CampaignSql
{
    /// <summary>Has the runner look at the campaign at <c>@due</c>.</summary>
    public const string Schedule = """
        INSERT INTO ops.campaign_schedule (campaign_id, due_at) VALUES (@id, @due)
        ON CONFLICT (campaign_id) DO UPDATE SET due_at = excluded.due_at
        """;

    /// <summary>Cancels what waits of the campaigns in <c>@ids</c>; needs <c>@reason</c>.</summary>
    public const string CancelWaiting = $"""
        WITH target AS (
            SELECT id, status AS before, assigned_agent_id AS agent_id FROM tasks
            WHERE campaign_id = ANY(@ids) AND status IN ('pending', 'assigned') ORDER BY id FOR NO KEY UPDATE),
        done AS (
            UPDATE tasks t
            SET status = 'cancelled', completed_at = @now,
                context = (t.context - 'lease') || jsonb_build_object('reason', @reason, 'outcome', 'cancelled')
            FROM target WHERE t.id = target.id
            RETURNING t.id, t.campaign_id, target.before, 'cancelled' AS after, target.agent_id),
        {Tasks.TaskSql.ReleaseAgents},
        {Tasks.TaskSql.WithdrawApprovals},
        {Tasks.TaskSql.AuditStatus}
        SELECT count(*)::int FROM done
        """;

    /// <summary>Parks what waits of a paused campaign: no due time until it is resumed.</summary>
    public const string Park = """
        UPDATE tasks
        SET due_at = @until, context = context || jsonb_build_object('gate', jsonb_strip_nulls(jsonb_build_object(
            'decision', 'campaign_paused', 'evaluated_at', to_char(@now, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            'next_allowed_at', to_char(@until, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'explanation', @reason)))
        WHERE campaign_id = @id AND status = 'pending' AND type NOT IN ('escalate', 'follow_up')
          AND context -> 'gate' ->> 'decision' IS DISTINCT FROM 'requires_approval'
        """;

    /// <summary>Lets parked tasks fall due now; the gate decides anew.</summary>
    public const string Unpark = """
        UPDATE tasks SET due_at = @now, context = context - 'gate'
        WHERE campaign_id = @id AND status = 'pending' AND context -> 'gate' ->> 'decision' = 'campaign_paused'
        """;

    /// <summary>The campaign, with its customer locked first (see <see cref="CommandSql.LockCustomersAsync"/>).</summary>
    public static async Task<Result<Campaign>> LoadLockedAsync(
        CommandContext context,
        Guid campaignId,
        CancellationToken cancellationToken
    )
    {
        var customer = await context
            .Db.Campaigns.Where(c => c.Id == campaignId)
            .Select(c => (Guid?)c.CustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        if (customer is null)
        {
            return Error.NotFound("This campaign does not exist any more.");
        }

        await context.LockCustomersAsync([customer.Value], cancellationToken);
        return await context.Db.Campaigns.SingleAsync(c => c.Id == campaignId, cancellationToken);
    }
}
