using System.Text;
using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Puts the list's statements together out of fixed texts; values travel as parameters.</summary>
internal sealed class CampaignListSql
{
    private const string From =
        "campaigns k join customers c on c.id = k.customer_id left join ops.campaign_schedule s on s.campaign_id = k.id";

    // Outstanding of what the campaign chases: its invoice, or all overdue ones of the customer. One row a currency.
    private const string Owed = """
        select i.currency, sum(i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0)) as amount
        from payment_records i
        where i.customer_id = k.customer_id and i.status in ('pending', 'overdue', 'partial')
            and case when k.payment_record_id is null then i.due_date < @today else i.id = k.payment_record_id end
        group by i.currency
        """;

    // The task of the step in hand. Follow-ups are an operator's work beside the steps.
    private const string Waiting = """
        left join lateral (
            select t.status, t.due_at, t.context->'gate'->>'decision' as decision, t.context->'gate'->>'explanation' as explanation
            from tasks t
            where t.campaign_id = k.id and t.type <> 'follow_up' and t.status in ('pending', 'assigned', 'in_progress')
            order by t.created_at desc limit 1
        ) waiting on true
        """;

    private const string Step = "least(k.current_step + 1, jsonb_array_length(k.escalation_steps))";

    private readonly StringBuilder _where = new("k.status = any(@states)");
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly CampaignListFilter _filter;

    public CampaignListSql(CampaignListFilter filter, DateTime now)
    {
        _filter = filter;
        Add("states", filter.ShownStates.Select(s => s.ToText()).ToArray());
        Add("today", DateOnly.FromDateTime(now));
        if (filter.Step is { } step)
        {
            Add("step", step);
            _where.Append($" and {Step} = @step");
        }

        if (filter.Text is { } text)
        {
            Add(
                "text",
                "%" + text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%"
            );
            _where.Append(" and (k.name ilike @text or c.company_name ilike @text)");
        }
    }

    /// <summary>Values of all statements.</summary>
    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    /// <summary>Counts what matches, up to a limit.</summary>
    public string Count(int limit) =>
        $"select count(*)::int as total from (select 1 from {From} where {_where} limit {limit}) matching";

    /// <summary>
    /// Counts and money by column of the board, over everything that matches: one row a column and currency. Those that run
    /// stand under the step in hand, the others under their status. What is over chases nothing any more.
    /// </summary>
    public string Board =>
        $"""
            with matching as materialized (
                select k.id, k.customer_id, k.payment_record_id, k.status in ('draft', 'active', 'paused') as open,
                    case when k.status in ('draft', 'active') then '' else k.status end as status,
                    case when k.status in ('draft', 'active') then {Step} else 0 end as step
                from {From} where {_where}
            ),
            money as (
                select k.status, k.step, owed.currency, sum(owed.amount) as amount
                from matching k cross join lateral ({Owed}) owed where k.open group by 1, 2, 3
            )
            select n.status, n.step, n.campaigns, money.currency, money.amount
            from (select status, step, count(*)::int as campaigns from matching group by 1, 2) n
            left join money using (status, step)
            order by n.status <> '', n.step, n.status desc, money.amount desc nulls last
            """;

    /// <summary>One page after <paramref name="after"/>, one row longer than <paramref name="size"/>.</summary>
    public string Page(CampaignCursor? after, int size)
    {
        var cursor = after is null
            ? ""
            : $" and ({Key}, k.id) {(Ascending ? ">" : "<")} ({Bind(after)}, @after_id)";
        var way = Ascending ? "asc" : "desc";
        return $"""
            with page as materialized (
                select k.*, c.company_name, {Key} as sort_key, s.due_at as scheduled_at
                from {From} {(_filter.Sort == CampaignSort.Next ? Waiting : "")}
                where {_where}{cursor}
                order by {Key} {way}, k.id {way} limit {size + 1}
            )
            select k.id, k.name, k.status, k.current_step, jsonb_array_length(k.escalation_steps) as steps,
                k.escalation_steps->k.current_step->>'channel' as channel, k.customer_id, k.company_name,
                lower(k.company_name) as name_key, p.timezone, owed.currencies, owed.amounts, k.paused_until, k.start_date,
                k.end_date, k.updated_at, {(
                _filter.Sort == CampaignSort.Customer ? "null::timestamp" : "k.sort_key"
            )} as sort_at, coalesce(waiting.due_at, k.scheduled_at) as next_at,
                waiting.status as task_status, waiting.decision, waiting.explanation
            from page k
            left join customer_profiles p on p.customer_id = k.customer_id
            {Waiting}
            left join lateral (
                select array_agg(o.currency::text order by o.amount desc) as currencies, array_agg(o.amount order by o.amount desc) as amounts
                from ({Owed}) o
                where k.status in ('draft', 'active', 'paused')
            ) owed on true
            order by k.sort_key {way}, k.id {way}
            """;
    }

    private bool Ascending =>
        _filter.Sort is CampaignSort.Next or CampaignSort.Customer != _filter.Reversed;

    private string Key =>
        _filter.Sort switch
        {
            CampaignSort.Customer => "lower(c.company_name)",
            CampaignSort.Started => "k.start_date",
            _ => """
                coalesce(case k.status when 'active' then coalesce(waiting.due_at, s.due_at) when 'paused' then k.paused_until end,
                    'infinity'::timestamp)
                """,
        };

    private string Bind(CampaignCursor after)
    {
        Add("after_id", after.Id);
        if (_filter.Sort == CampaignSort.Customer)
        {
            Add("after_key", after.Name);
            return "@after_key";
        }

        _parameters.Add(
            new NpgsqlParameter("after_key", NpgsqlDbType.Timestamp)
            {
                // PostgreSQL's infinity is the greatest DateTime, in both directions.
                Value = DateTime.SpecifyKind(
                    after.At ?? DateTime.MaxValue,
                    DateTimeKind.Unspecified
                ),
            }
        );
        return "@after_key";
    }

    private void Add(string name, object value) =>
        _parameters.Add(new NpgsqlParameter(name, value));
}
