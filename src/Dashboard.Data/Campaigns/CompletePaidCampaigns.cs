using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Campaigns;

/// <summary>
/// Completes the open campaigns whose invoices are settled (<c>config.stop_on_payment</c>, on unless it says false) and
/// cancels what waits of them. Run by every payment and by the engine's sweep, which also sees payments written by plain SQL.
/// </summary>
/// <param name="CustomerIds">Only these customers; null = all.</param>
public sealed record CompletePaidCampaigns(IReadOnlyList<Guid>? CustomerIds = null) : ICommand<int>
{
    private const string SqlFind = """
        SELECT k.id, k.customer_id FROM campaigns k
        WHERE k.status IN ('active', 'paused') AND (@ids IS NULL OR k.customer_id = ANY(@ids))
          AND coalesce((k.config ->> 'stop_on_payment')::boolean, true)
          AND NOT EXISTS (
              SELECT 1 FROM payment_records p
              WHERE p.customer_id = k.customer_id AND (k.payment_record_id IS NULL OR p.id = k.payment_record_id)
                AND p.status NOT IN ('paid', 'cancelled')
                AND (k.payment_record_id IS NOT NULL OR p.due_date < @today))
          AND EXISTS (
              SELECT 1 FROM payment_records p
              WHERE p.customer_id = k.customer_id AND (k.payment_record_id IS NULL OR p.id = k.payment_record_id))
        ORDER BY k.id LIMIT 1000
        """;

    private const string SqlComplete = $"""
        WITH target AS (
            SELECT id, status AS before FROM campaigns
            WHERE id = ANY(@ids) AND status IN ('active', 'paused') ORDER BY id FOR NO KEY UPDATE),
        done AS (
            UPDATE campaigns k SET status = 'completed', end_date = @now, paused_until = NULL
            FROM target WHERE k.id = target.id
            RETURNING k.id, target.before),
        unscheduled AS (DELETE FROM ops.campaign_schedule WHERE campaign_id IN (SELECT id FROM done)),
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'campaign', id, 'status_changed',
                   jsonb_build_object('status', jsonb_build_object('before', before, 'after', 'completed')),
                   jsonb_build_object('reason', @reason), {CommandSql.AuditValues}
            FROM done)
        SELECT count(*)::int FROM done
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.CollectionsManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("campaign", Guid.Empty, "status_changed");

    /// <inheritdoc />
    public async Task<Result<int>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var paid = await FindAsync(context, cancellationToken);
        if (paid.Count == 0)
        {
            return 0;
        }

        await context.LockCustomersAsync(
            [.. paid.Select(k => k.CustomerId).Distinct()],
            cancellationToken
        );
        void Bind(Npgsql.NpgsqlParameterCollection p)
        {
            p.AddWithValue("ids", paid.Select(k => k.Id).ToArray());
            p.AddText("reason", "Paid.");
        }

        await context.ExecuteAsync(CampaignSql.CancelWaiting, Bind, cancellationToken);
        var completed = await context.QueryAsync(
            SqlComplete,
            Bind,
            row => row.GetInt32(0),
            cancellationToken
        );
        return completed[0];
    }

    private Task<List<(Guid Id, Guid CustomerId)>> FindAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        context.QueryAsync(
            SqlFind,
            p =>
            {
                p.AddKeys("ids", CustomerIds);
                p.AddWithValue("today", DateOnly.FromDateTime(context.Now));
            },
            row => (row.GetGuid(0), row.GetGuid(1)),
            cancellationToken
        );
}
