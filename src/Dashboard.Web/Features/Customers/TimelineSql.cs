namespace Dashboard.Web.Features.Customers;

/// <summary>
/// One statement for the timeline: each source gives its newest rows up to the limit before the cursor, by an index on the
/// customer (or on the audited row), and the newest of all of them are taken.
/// </summary>
internal static class TimelineSql
{
    /// <summary>Parameters: customer, before (UTC, exclusive with before_id), before_id, limit.</summary>
    public const string Statement = """
        with contacts as (
            select a.id, 'contact' as kind, a.timestamp as at, a.channel as what, a.status as state,
                coalesce(g.config->>'name', g.type || ' agent') as actor,
                coalesce(a.response, a.metadata->>'failure') as text, null::numeric as amount, null as currency,
                a.duration, a.metadata->'clearance' as document, a.task_id
            from contact_attempts a left join agents g on g.id = a.agent_id
            where a.customer_id = @customer and (a.timestamp, a.id) < (@before, @before_id)
            order by a.timestamp desc, a.id desc limit @limit
        ),
        work as (
            select t.id, 'task' as kind, coalesce(t.completed_at, t.created_at) as at, t.type as what, t.status as state,
                null as actor,
                case when t.status in ('pending', 'assigned') then coalesce(t.context->'gate'->>'explanation', t.context->>'reason')
                    else coalesce(t.context->>'reason', t.context->>'note', t.context->'gate'->>'explanation', t.context->>'outcome') end as text,
                null::numeric as amount, null as currency, null::int as duration,
                t.context->'gate'->'findings' as document, t.id as task_id
            from tasks t
            where t.customer_id = @customer
                and (t.status in ('pending', 'assigned', 'failed', 'cancelled') or t.type in ('research_customer', 'escalate', 'follow_up'))
                and (coalesce(t.completed_at, t.created_at), t.id) < (@before, @before_id)
            order by 3 desc, 1 desc limit @limit
        ),
        payments as (
            select i.id, 'payment' as kind, i.paid_date::timestamp as at, i.invoice_number as what, i.status as state,
                null as actor, i.description as text, i.amount, i.currency, null::int as duration,
                null::jsonb as document, null::uuid as task_id
            from payment_records i
            where i.customer_id = @customer and i.paid_date is not null
                and (i.paid_date::timestamp, i.id) < (@before, @before_id)
            order by 3 desc, 1 desc limit @limit
        ),
        about as (
            select 'customer' as entity_type, @customer as entity_id
            union all select 'customer_profile', p.id from customer_profiles p where p.customer_id = @customer
            union all select 'opt_out', o.id from opt_outs o where o.customer_id = @customer
            union all select 'campaign', k.id from campaigns k where k.customer_id = @customer
        ),
        changes as (
            select l.id,
                case when l.action = 'refused' then 'refusal'
                    when l.entity_type = 'customer_profile' and l.changes ? 'notes' then 'note'
                    else 'change' end as kind,
                l.timestamp as at, l.entity_type as what, l.action as state, coalesce(u.display_name, l.actor_id) as actor,
                l.metadata->>'reason' as text, null::numeric as amount, null as currency, null::int as duration,
                l.changes as document, null::uuid as task_id
            from about join audit_logs l on l.entity_type = about.entity_type and l.entity_id = about.entity_id
            left join ops.users u on l.actor_type = 'user' and u.id::text = l.actor_id
            where (l.timestamp, l.id) < (@before, @before_id)
            order by l.timestamp desc, l.id desc limit @limit
        )
        select * from contacts
        union all select * from work
        union all select * from payments
        union all select * from changes
        order by at desc, id desc limit @limit
        """;
}
