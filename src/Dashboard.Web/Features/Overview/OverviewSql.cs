namespace Dashboard.Web.Features.Overview;

/// <summary>
/// The overview's statements; all of a reading go in one round trip. Parameters: <c>@now</c> (UTC), <c>@day</c> (UTC
/// start of the reader's day), <c>@zone</c> (IANA), <c>@today</c> (the UTC date that due dates are compared with).
/// </summary>
internal static class OverviewSql
{
    /// <summary>Amount still open of an invoice <c>i</c>.</summary>
    private const string Open = "i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0)";

    /// <summary>currency, bucket 0–4, amount, invoices.</summary>
    public const string Aging = $"""
        select i.currency,
            case when i.due_date >= @today then 0 when i.due_date >= @today - 30 then 1
                when i.due_date >= @today - 60 then 2 when i.due_date >= @today - 90 then 3 else 4 end as bucket,
            sum({Open}), count(*)::int
        from payment_records i where i.status in ('pending', 'overdue', 'partial') group by 1, 2
        """;

    /// <summary>currency, amount.</summary>
    public const string CollectedWeek = """
        select i.currency, sum(i.amount) from payment_records i
        where i.status = 'paid' and i.paid_date > @today - 7 group by 1 order by 2 desc
        """;

    /// <summary>hour, channel, status, count.</summary>
    public const string Contacts = """
        select extract(hour from c.timestamp at time zone 'utc' at time zone @zone)::int, c.channel, c.status, count(*)::int
        from contact_attempts c where c.timestamp >= @day group by 1, 2, 3
        """;

    /// <summary>status, count: open ones all, ended ones of today.</summary>
    public const string Tasks = """
        select t.status, count(*)::int from tasks t where t.status in ('pending', 'assigned', 'in_progress') group by 1
        union all
        select t.status, count(*)::int from tasks t where t.completed_at >= @day
            and t.status in ('completed', 'failed', 'cancelled') group by 1
        """;

    /// <summary>count.</summary>
    public const string Refused = """
        select count(*)::int from tasks t
        where (t.status = 'pending' or (t.status = 'cancelled' and t.completed_at >= @day))
            and t.context->'gate'->>'decision' in ('blocked', 'requires_approval', 'escalate')
            and (t.context->'gate'->>'evaluated_at')::timestamptz >= @day at time zone 'utc'
        """;

    /// <summary>status, wish, count, load, capacity.</summary>
    public const string Agents = """
        select a.status, coalesce(a.config->>'wish', 'run'), count(*)::int,
            sum(coalesce(a.current_task_count, 0))::int, sum(a.max_concurrent_tasks)::int
        from agents a group by 1, 2
        """;

    /// <summary>minutes ago (0 = the one under way), count.</summary>
    public const string Throughput = """
        select (extract(epoch from date_trunc('minute', @now) - date_trunc('minute', t.completed_at)) / 60)::int, count(*)::int
        from tasks t where t.completed_at > date_trunc('minute', @now) - interval '30 minutes' and t.status = 'completed'
        group by 1
        """;

    /// <summary>kind, count, oldest, name or null, id or null: what waits for a person.</summary>
    public const string Needs = """
        (select case when r.status = 'failed' then 'proof_failed' when r.planted_found < r.planted or r.planted = 0 then 'proof_worthless'
            else 'proof_violations' end, r.violations, r.finished_at, null, r.id
        from ops.proof_runs r
        where r.id = (select l.id from ops.proof_runs l where l.status in ('done', 'failed') order by l.started_at desc limit 1)
            and (r.status = 'failed' or r.violations > 0 or r.planted_found < r.planted or r.planted = 0))
        union all
        select 'approval', count(*)::int, min(r.requested_at), null, null::uuid from ops.approval_requests r
        where r.status = 'pending' having count(*) > 0
        union all
        select 'to_read', count(*)::int, min(m.received_at), null, null from ops.inbound_contacts m
        where m.intent = 'review' and m.reviewed_at is null having count(*) > 0
        union all
        (select 'agent_error', 1, a.updated_at, coalesce(a.config->>'name', a.type || ' agent'), a.id
        from agents a where a.status = 'error' order by a.updated_at limit 5)
        union all
        (select 'agent_offline', 1, coalesce(a.last_active_at, a.updated_at), coalesce(a.config->>'name', a.type || ' agent'), a.id
        from agents a where a.status = 'offline' and coalesce(a.config->>'wish', 'run') = 'run'
        order by a.last_active_at limit 5)
        union all
        (select 'unconfirmed', count(*)::int, min(c.timestamp), min(p.company_name), c.customer_id
        from contact_attempts c join customers p on p.id = c.customer_id
        where c.timestamp > @now - interval '7 days' and c.metadata->>'delivery' = 'unconfirmed'
        group by c.customer_id order by 3 limit 3)
        union all
        select 'human', count(*)::int, min(t.created_at), null, null from tasks t
        where t.type in ('escalate', 'follow_up') and t.status in ('pending', 'assigned', 'in_progress') having count(*) > 0
        union all
        select 'failed', count(*)::int, min(t.completed_at), null, null from tasks t
        where t.completed_at >= @day and t.status = 'failed' having count(*) > 0
        union all
        select 'late', count(*)::int, min(t.due_at), null, null from tasks t
        where t.status = 'pending' and t.due_at < @now - interval '15 minutes' and t.type not in ('escalate', 'follow_up')
        having count(*) > 0
        union all
        select 'no_zone', count(*)::int, null, null, null from customers c left join customer_profiles p on p.customer_id = c.id
        where c.deleted_at is null and p.timezone is null
            and exists (select 1 from payment_records i where i.customer_id = c.id and i.status = 'overdue')
        having count(*) > 0
        """;

    /// <summary>
    /// outstanding, overdue, collected of <c>@currency</c> at the end of each of 30 days. An invoice that was imported
    /// after it fell due counts from its due date.
    /// </summary>
    public const string MoneyTrend = $"""
        with days as (select @today - 29 + n as day from generate_series(0, 29) n),
        invoices as materialized (
            select least(i.created_at::date, i.due_date) as born, i.due_date, i.paid_date, i.amount, {Open} as open
            from payment_records i
            where i.currency = @currency and (i.status in ('pending', 'overdue', 'partial')
                or (i.status = 'paid' and i.paid_date > @today - 30)))
        select d.day,
            coalesce(sum(case when i.paid_date is null then i.open else i.amount end)
                filter (where i.born <= d.day and (i.paid_date is null or i.paid_date > d.day)), 0),
            coalesce(sum(case when i.paid_date is null then i.open else i.amount end)
                filter (where i.due_date < d.day and (i.paid_date is null or i.paid_date > d.day)), 0),
            coalesce(sum(i.amount) filter (where i.paid_date = d.day), 0)
        from days d left join invoices i on true group by 1 order by 1
        """;

    /// <summary>day of the reader, contacts.</summary>
    public const string ContactTrend = """
        select (c.timestamp at time zone 'utc' at time zone @zone)::date, count(*)::int
        from contact_attempts c where c.timestamp >= @day - interval '29 days' group by 1
        """;

    /// <summary>day of the reader, tasks whose last refusal was then.</summary>
    public const string RefusedTrend = """
        select ((t.context->'gate'->>'evaluated_at')::timestamptz at time zone @zone)::date, count(*)::int
        from tasks t
        where (t.status = 'pending' or (t.status = 'cancelled' and t.completed_at >= @day - interval '29 days'))
            and t.context->'gate'->>'decision' in ('blocked', 'requires_approval', 'escalate')
            and (t.context->'gate'->>'evaluated_at')::timestamptz >= (@day - interval '29 days') at time zone 'utc'
        group by 1
        """;
}
