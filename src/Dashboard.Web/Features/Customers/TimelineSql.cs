namespace Dashboard.Web.Features.Customers;

/// <summary>
/// One statement for a timeline: each source gives its newest rows up to the limit before the cursor, by an index on the
/// customer or the campaign (or on the audited row), and the newest of all of them are taken.
/// </summary>
internal static class TimelineSql
{
    /// <summary>Everything about a customer. Parameters: scope (its key), before (UTC, exclusive with before_id), before_id, limit.</summary>
    public static string OfCustomer { get; } =
        Statement(
            "customer_id",
            "r.customer_id = @scope",
            "i.customer_id = @scope",
            """
            select 'customer' as entity_type, @scope as entity_id
            union all select 'customer_profile', p.id from customer_profiles p where p.customer_id = @scope
            union all select 'opt_out', o.id from opt_outs o where o.customer_id = @scope
            union all select 'campaign', k.id from campaigns k where k.customer_id = @scope
            """
        );

    /// <summary>Everything about a campaign: what it did, what was decided about it, and what was paid of what it chases while it ran.</summary>
    public static string OfCampaign { get; } =
        Statement(
            "campaign_id",
            "r.customer_id = (select k.customer_id from campaigns k where k.id = @scope) and r.campaign_id = @scope",
            """
            i.id in (
                select chased.id from campaigns k join payment_records chased on chased.customer_id = k.customer_id
                where k.id = @scope and (k.payment_record_id is null or chased.id = k.payment_record_id)
                    and chased.due_date < chased.paid_date and chased.paid_date >= k.start_date::date
                    and (k.end_date is null or chased.paid_date <= k.end_date::date))
            """,
            "select 'campaign' as entity_type, @scope as entity_id"
        );

    private static string Statement(string key, string refused, string paid, string about) =>
        $"""
            with contacts as (
                select a.id, 'contact' as kind, a.timestamp as at, a.channel as what, a.status as state,
                    coalesce(g.config->>'name', g.type || ' agent') as actor,
                    coalesce(a.response, a.metadata->>'failure') as text, null::numeric as amount, null as currency,
                    a.duration, null::jsonb as document, a.task_id
                from contact_attempts a left join agents g on g.id = a.agent_id
                where a.{key} = @scope and (a.timestamp, a.id) < (@before, @before_id)
                order by a.timestamp desc, a.id desc limit @limit
            ),
            work as (
                select t.id, 'task' as kind, coalesce(t.completed_at, t.created_at) as at, t.type as what, t.status as state,
                    null as actor,
                    case when t.status in ('pending', 'assigned') then coalesce(t.context->'gate'->>'explanation', t.context->>'reason')
                        when t.status = 'completed' and t.context->>'note' is not null then concat_ws(' – ', t.context->>'note', t.context->'operator'->>'name')
                        else coalesce(t.context->>'reason', t.context->>'note', t.context->'gate'->>'explanation', t.context->>'outcome') end as text,
                    null::numeric as amount, null as currency, null::int as duration,
                    null::jsonb as document, t.id as task_id
                from tasks t
                where t.{key} = @scope
                    and (t.status in ('pending', 'assigned', 'failed', 'cancelled') or t.type in ('research_customer', 'escalate', 'follow_up'))
                    and (coalesce(t.completed_at, t.created_at), t.id) < (@before, @before_id)
                order by 3 desc, 1 desc limit @limit
            ),
            refusals as (
                select r.id, 'gate_refusal' as kind, r.at, r.channel as what, r.verdict as state, r.rule as actor, r.explanation as text,
                    null::numeric as amount, null as currency, null::int as duration,
                    jsonb_build_object('count', r.times, 'since', r.since) as document, r.task_id
                from (
                    select distinct on (r.task_id) r.*, count(*) over (partition by r.task_id) as times,
                        min(r.at) over (partition by r.task_id) as since
                    from ops.gate_refusals r where {refused}
                    order by r.task_id, r.at desc, r.id desc) r
                where (r.at, r.id) < (@before, @before_id)
                order by r.at desc, r.id desc limit @limit
            ),
            payments as (
                select i.id, 'payment' as kind, i.paid_date::timestamp as at, i.invoice_number as what, i.status as state,
                    null as actor, i.description as text, i.amount, i.currency, null::int as duration,
                    null::jsonb as document, null::uuid as task_id
                from payment_records i
                where {paid} and i.paid_date is not null
                    and (i.paid_date::timestamp, i.id) < (@before, @before_id)
                order by 3 desc, 1 desc limit @limit
            ),
            about as (
                {about}
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
            union all select * from refusals
            union all select * from payments
            union all select * from changes
            order by at desc, id desc limit @limit
            """;
}
