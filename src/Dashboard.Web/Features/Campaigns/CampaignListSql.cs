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

    // What is still open of what the campaign chases: its invoice, or all overdue ones of the customer.
    private const string Money = """
        left join lateral (
            select i.currency, sum(i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0)) as amount
            from payment_records i
            where i.customer_id = k.customer_id and i.status in ('pending', 'overdue', 'partial')
                and case when k.payment_record_id is null then i.due_date < @today else i.id = k.payment_record_id end
            group by i.currency order by 2 desc limit 1
        ) owed on true
        """;

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
            _where.Append(
                " and least(k.current_step + 1, jsonb_array_length(k.escalation_steps)) = @step"
            );
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

    /// <summary>Counts and money by step in hand, over everything that matches.</summary>
    public string Board =>
        $"""
            select least(k.current_step + 1, jsonb_array_length(k.escalation_steps)) as step, owed.currency,
                count(*)::int as campaigns, sum(owed.amount) as amount
            from {From} {Money}
            where {_where} and jsonb_array_length(k.escalation_steps) > 0
            group by 1, 2 order by 1, 4 desc nulls last
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
                from {From}
                where {_where}{cursor}
                order by {Key} {way}, k.id {way} limit {size + 1}
            )
            select k.id, k.name, k.status, k.current_step, jsonb_array_length(k.escalation_steps) as steps,
                k.escalation_steps->k.current_step->>'channel' as channel, k.customer_id, k.company_name,
                lower(k.company_name) as name_key, p.timezone, owed.amount, owed.currency, k.paused_until, k.start_date,
                k.end_date, k.scheduled_at, coalesce(waiting.due_at, k.scheduled_at) as next_at
            from page k
            left join customer_profiles p on p.customer_id = k.customer_id
            left join lateral (
                select min(t.due_at) as due_at from tasks t
                where t.campaign_id = k.id and t.status in ('pending', 'assigned', 'in_progress')
            ) waiting on true
            {Money}
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
            _ => "coalesce(s.due_at, 'infinity'::timestamp)",
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
