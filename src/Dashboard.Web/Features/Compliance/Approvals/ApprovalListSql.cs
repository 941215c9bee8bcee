using System.Text;
using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>Puts the list's statements together out of fixed texts; values travel as parameters.</summary>
internal sealed class ApprovalListSql
{
    /// <summary>What a row shows of a request <c>r</c>; needs <c>@now</c> and <c>@today</c>.</summary>
    public const string Columns = """
        r.id, r.task_id, r.channel, r.customer_id, r.rule, r.explanation, r.requested_at, r.decided_at, r.note, r.expires_at,
            case when r.status = 'approved' and r.expires_at <= @now and made.at is null then 'expired' else r.status end as status,
            t.type, (t.context->>'step_number')::int as step_number, t.campaign_id, t.context->>'fallback_channel' as fallback, k.name as campaign_name, c.company_name,
            p.timezone, coalesce(u.display_name, r.decided_by) as decided_by, made.at as contacted_at,
            owed.currency, owed.amount, owed.currencies, @today - owed.oldest as days_overdue
        """;

    /// <summary>The tables behind <see cref="Columns"/>.</summary>
    public const string Joins = """
        join tasks t on t.id = r.task_id
        join customers c on c.id = r.customer_id
        left join customer_profiles p on p.customer_id = r.customer_id
        left join campaigns k on k.id = t.campaign_id
        left join ops.users u on u.id::text = r.decided_by
        left join lateral (
            select min(a.timestamp) as at from contact_attempts a
            where r.decided_by is not null and a.customer_id = r.customer_id and a.task_id = r.task_id
                and a.timestamp >= r.decided_at and a.status <> 'failed'
        ) made on true
        left join lateral (
            select i.currency, min(i.due_date) as oldest, count(*) over ()::int as currencies,
                sum(i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0)) as amount
            from payment_records i
            where i.customer_id = r.customer_id and i.status in ('pending', 'overdue', 'partial')
                and case when t.payment_record_id is null then i.due_date < @today else i.id = t.payment_record_id end
            group by i.currency order by amount desc limit 1
        ) owed on true
        """;

    private readonly StringBuilder _where;
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly bool _history;

    public ApprovalListSql(ApprovalListFilter filter, DateTime now)
    {
        _history = filter.History;
        _where = new(_history ? "r.status <> 'pending'" : "r.status = 'pending'");
        Add("now", DateTime.SpecifyKind(now, DateTimeKind.Unspecified));
        Add("today", DateOnly.FromDateTime(now));
        Same("r.rule", "rule", filter.Rule);
        Same("r.channel", "channel", filter.Channel?.ToText());
        Same("r.customer_id", "customer", filter.CustomerId);
        if (filter.CampaignId is { } campaign)
        {
            Add("campaign", campaign);
            _where.Append(
                " and r.task_id in (select x.id from tasks x where x.campaign_id = @campaign)"
            );
        }

        if (filter.Text is { } text)
        {
            Add(
                "text",
                "%" + text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%"
            );
            _where.Append(
                " and r.customer_id in (select x.id from customers x where x.company_name ilike @text or x.contact_name ilike @text)"
            );
        }
    }

    /// <summary>Values of the statements.</summary>
    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    /// <summary>The keys of everything that matches, oldest first.</summary>
    public string Keys =>
        $"select r.id from ops.approval_requests r where {_where} order by r.requested_at, r.id";

    /// <summary>The rules that ask or asked.</summary>
    public string Rules =>
        $"select r.rule from ops.approval_requests r where r.status {(_history ? "<>" : "=")} 'pending' group by 1 order by 1 limit 100";

    /// <summary>What waits goes oldest first, what is decided newest first.</summary>
    private string At => _history ? "coalesce(r.decided_at, r.requested_at)" : "r.requested_at";

    private string Order => _history ? "at desc, r.id desc" : "at, r.id";

    /// <summary>Counts what matches, up to a limit.</summary>
    public string Count(int limit) =>
        $"select count(*)::int as total from (select 1 from ops.approval_requests r where {_where} limit {limit}) matching";

    /// <summary>One page after <paramref name="after"/>, one row longer than <paramref name="size"/> to see whether there is a next.</summary>
    public string Page(ApprovalCursor? after, int size)
    {
        var cursor = after is null ? "" : After(after);
        return $"""
            with page as materialized (
                select r.*, {At} as at from ops.approval_requests r
                where {_where}{cursor} order by {Order} limit {size + 1}
            )
            select {Columns}, r.at from page r {Joins} order by {Order}
            """;
    }

    private string After(ApprovalCursor after)
    {
        Add("after_id", after.Id);
        _parameters.Add(
            new NpgsqlParameter("after_at", NpgsqlDbType.Timestamp)
            {
                Value = DateTime.SpecifyKind(after.At, DateTimeKind.Unspecified),
            }
        );
        return $" and ({At}, r.id) {(_history ? "<" : ">")} (@after_at, @after_id)";
    }

    private void Same(string column, string name, object? value)
    {
        if (value is not null)
        {
            Add(name, value);
            _where.Append($" and {column} = @{name}");
        }
    }

    private void Add(string name, object value) =>
        _parameters.Add(new NpgsqlParameter(name, value));
}
