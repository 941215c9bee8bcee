using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using NpgsqlTypes;

namespace Dashboard.Data.Campaigns;

/// <summary>
/// Starts a campaign for every customer with overdue invoices: one for all of a customer's invoices, or one an invoice
/// when <see cref="CampaignConfig.GroupInvoices"/> is false. Running it again adds nothing for whoever has an open
/// campaign already.
/// </summary>
/// <param name="CustomerIds">Only these; null = every customer with overdue invoices.</param>
/// <param name="Steps">The escalation; null = <see cref="StandardSteps"/>.</param>
/// <param name="Config">Own limits; null = none.</param>
/// <param name="Start">False leaves the campaigns as drafts.</param>
public sealed record EnrolCustomers(
    IReadOnlyList<Guid>? CustomerIds = null,
    IReadOnlyList<EscalationStep>? Steps = null,
    CampaignConfig? Config = null,
    bool Start = true
) : ICommand<EnrolResult>
{
    private const string Overdue = """
        SELECT p.id, p.customer_id, p.invoice_number, c.company_name, pr.do_not_contact IS TRUE AS closed
        FROM payment_records p
        JOIN customers c ON c.id = p.customer_id AND c.deleted_at IS NULL
        LEFT JOIN customer_profiles pr ON pr.customer_id = c.id
        WHERE p.status IN ('pending', 'overdue', 'partial') AND p.due_date < @today
          AND (@ids IS NULL OR p.customer_id = ANY(@ids))
        """;

    /// <summary>Two enrolments at once wait for each other here, so that neither misses the other's campaigns.</summary>
    private const string SqlLock = $"""
        SELECT 1 FROM customers WHERE id IN (SELECT customer_id FROM ({Overdue}) o)
        ORDER BY id FOR NO KEY UPDATE
        """;

    private const string SqlEnrol = $"""
        WITH overdue AS ({Overdue}),
        wanted AS (
            SELECT customer_id, CASE WHEN @grouped THEN NULL ELSE id END AS invoice_id, max(company_name) AS company_name,
                   max(invoice_number) AS invoice_number, bool_or(closed) AS closed
            FROM overdue GROUP BY 1, 2),
        judged AS (
            SELECT w.*, EXISTS (
                SELECT 1 FROM campaigns k WHERE k.customer_id = w.customer_id AND k.status IN ('draft', 'active', 'paused')
                   AND (@grouped OR k.payment_record_id IS NULL OR k.payment_record_id = w.invoice_id)) AS enrolled
            FROM wanted w),
        done AS (
            INSERT INTO campaigns (id, name, customer_id, payment_record_id, status, escalation_steps, config, start_date, created_at)
            SELECT gen_random_uuid(),
                   left(company_name || CASE WHEN @grouped THEN ': overdue invoices' ELSE ': invoice ' || invoice_number END, 255),
                   customer_id, invoice_id, @status, @steps, @config, @now, @now
            FROM judged WHERE NOT enrolled AND NOT closed
            RETURNING id, status),
        scheduled AS (
            INSERT INTO ops.campaign_schedule (campaign_id, due_at) SELECT id, @now FROM done WHERE status = 'active'),
        audited AS (
            INSERT INTO {CommandSql.AuditColumns}
            SELECT gen_random_uuid(), 'campaign', id, 'created',
                   jsonb_build_object('status', jsonb_build_object('before', NULL, 'after', status)), NULL,
                   {CommandSql.AuditValues}
            FROM done)
        SELECT (SELECT count(*)::int FROM done),
               (SELECT count(*)::int FROM judged WHERE enrolled),
               (SELECT count(*)::int FROM judged WHERE closed AND NOT enrolled)
        """;

    /// <inheritdoc />
    public string AllowedRoles => Roles.CollectionsManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("campaign", Guid.Empty, "created");

    /// <inheritdoc />
    public async Task<Result<EnrolResult>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var steps = Steps?.ToList() ?? StandardSteps.Create();
        if (steps.Count == 0)
        {
            return Error.Invalid(nameof(Steps), "A campaign needs at least one step.");
        }

        await context.ExecuteAsync(SqlLock, p => Bind(p, context, steps), cancellationToken);
        var rows = await context.QueryAsync(
            SqlEnrol,
            p => Bind(p, context, steps),
            row => new EnrolResult(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)),
            cancellationToken
        );
        return rows[0];
    }

    private void Bind(
        Npgsql.NpgsqlParameterCollection parameters,
        CommandContext context,
        List<EscalationStep> steps
    )
    {
        var config = Config ?? new CampaignConfig();
        parameters.AddWithValue("today", DateOnly.FromDateTime(context.Now));
        parameters.AddKeys("ids", CustomerIds);
        parameters.AddWithValue("grouped", config.GroupInvoices);
        parameters.AddText(
            "status",
            (Start ? CampaignStatus.Active : CampaignStatus.Draft).ToText()
        );
        parameters.AddWithValue("steps", NpgsqlDbType.Jsonb, JsonShape.Write(steps));
        parameters.AddWithValue("config", NpgsqlDbType.Jsonb, JsonShape.Write(config));
    }
}

/// <summary>What an enrolment did.</summary>
/// <param name="Enrolled">Campaigns created.</param>
/// <param name="AlreadyEnrolled">Customers (or invoices) with an open campaign.</param>
/// <param name="DoNotContact">Customers left out because they must not be contacted.</param>
public sealed record EnrolResult(int Enrolled, int AlreadyEnrolled, int DoNotContact);
