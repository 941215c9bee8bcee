using System.Text;
using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Customers;

/// <summary>Puts the list's statements together out of fixed texts; values travel as parameters.</summary>
internal sealed class CustomerListSql
{
    private const string From = "customers c left join customer_profiles p on p.customer_id = c.id";

    // Aggregated once over the overdue invoices: 0.2 s for 500,000 of them, 5 ms for the real ledger's 2,466.
    private const string Owed = """
        left join (
            select customer_id, max(total) as amount, min(oldest) as oldest from (
                select i.customer_id, i.currency, min(i.due_date) as oldest,
                    sum(i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0)) as total
                from payment_records i
                where i.due_date < @today and i.status in ('pending', 'overdue', 'partial')
                group by i.customer_id, i.currency) per_currency
            group by customer_id
        ) owed on owed.customer_id = c.id
        """;

    private readonly StringBuilder _where = new("c.deleted_at is null");
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly CustomerListFilter _filter;

    public CustomerListSql(CustomerListFilter filter, DateTime now)
    {
        _filter = filter;
        Add("today", DateOnly.FromDateTime(now));
        _parameters.Add(
            new NpgsqlParameter("now", NpgsqlDbType.Timestamp)
            {
                Value = DateTime.SpecifyKind(now, DateTimeKind.Unspecified),
            }
        );
        NarrowByProfile();
        NarrowByInvoices();
        NarrowByText();
    }

    /// <summary>Values of all statements.</summary>
    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    /// <summary>The keys of everything that matches.</summary>
    public string Keys => $"select c.id from {From} where {_where}";

    /// <summary>Counts what matches, up to a limit.</summary>
    public string Count(int limit) =>
        $"select count(*)::int as total from (select 1 from {From} where {_where} limit {limit}) matching";

    /// <summary>One page after <paramref name="after"/>, one row longer than <paramref name="size"/>.</summary>
    public string Page(CustomerCursor? after, int size)
    {
        var owed = _filter.Sort is CustomerSort.Overdue or CustomerSort.Oldest ? Owed : "";
        var cursor = after is null ? "" : $" and ({Key}, c.id) {Beyond} ({Bind(after)}, @after_id)";
        var way = Ascending ? "asc" : "desc";
        return $"""
            with page as materialized (
                select c.*, {Key} as sort_key, p.risk_level, p.risk_score, p.timezone, p.do_not_contact, p.last_contact_date
                from {From} {owed}
                where {_where}{cursor}
                order by {Key} {way}, c.id {way} limit {size + 1}
            )
            select c.*, lower(c.company_name) as name_key, money.owed, money.oldest, coalesce(money.overdue, 0) as overdue,
                @today - money.oldest as oldest_days,
                array(select o.channel from opt_outs o where o.customer_id = c.id and o.opted_out_at <= @now
                    and (o.expires_at is null or o.expires_at > @now)) as opt_outs,
                (select count(*)::int from campaigns k where k.customer_id = c.id
                    and k.status in ('active', 'paused')) as open_campaigns
            from page c
            left join lateral (
                select jsonb_agg(jsonb_build_object('currency', currency, 'overdue', overdue, 'outstanding', outstanding,
                    'oldest', oldest) order by overdue desc, outstanding desc) as owed,
                    min(oldest) as oldest, sum(overdue_count)::int as overdue
                from (
                    select i.currency, count(*) filter (where i.due_date < @today) as overdue_count,
                        min(i.due_date) filter (where i.due_date < @today) as oldest,
                        coalesce(sum(i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0))
                            filter (where i.due_date < @today), 0) as overdue,
                        sum(i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0)) as outstanding
                    from payment_records i
                    where i.customer_id = c.id and i.status in ('pending', 'overdue', 'partial')
                    group by i.currency) per_currency
            ) money on true
            order by c.sort_key {way}, c.id {way}
            """;
    }

    /// <summary>Names run from A, the oldest date comes first; money and risk run from the most.</summary>
    private bool Ascending =>
        _filter.Sort is CustomerSort.Name or CustomerSort.Oldest != _filter.Reversed;

    private string Beyond => Ascending ? ">" : "<";

    private string Key =>
        _filter.Sort switch
        {
            CustomerSort.Name => "lower(c.company_name)",
            CustomerSort.Risk => "coalesce(p.risk_score, -1)",
            CustomerSort.Oldest => "coalesce(owed.oldest, 'infinity'::date)",
            _ => "coalesce(owed.amount, 0)",
        };

    private string Bind(CustomerCursor after)
    {
        Add("after_id", after.Id);
        Add(
            "after_key",
            _filter.Sort switch
            {
                CustomerSort.Name => after.Name,
                CustomerSort.Oldest => after.Day ?? DateOnly.MaxValue,
                _ => after.Number,
            }
        );
        return "@after_key";
    }

    private void NarrowByProfile()
    {
        if (_filter.Risks.Count > 0)
        {
            Add("risks", _filter.Risks.Select(r => r.ToText()).ToArray());
            _where.Append(" and p.risk_level = any(@risks)");
        }

        if (_filter.Zone == "none")
        {
            _where.Append(" and coalesce(p.timezone, '') = ''");
        }
        else if (_filter.Zone is { } zone)
        {
            Add("zone", zone);
            _where.Append(" and p.timezone = @zone");
        }

        if (_filter.Tag is { } tag)
        {
            Add("tag", tag);
            _where.Append(" and @tag = any(c.tags)");
        }

        _where.Append(_filter.DoNotContact ? " and p.do_not_contact" : "");
        if (_filter.OptedOut)
        {
            _where.Append(
                " and exists (select 1 from opt_outs o where o.customer_id = c.id and o.opted_out_at <= @now and (o.expires_at is null or o.expires_at > @now))"
            );
        }
    }

    private void NarrowByInvoices()
    {
        if (_filter.Overdue)
        {
            _where.Append($" and {HasInvoice("i.due_date < @today")}");
        }

        if (_filter.Ages.Count > 0)
        {
            _where.Append(
                $" and {HasInvoice($"({string.Join(" or ", _filter.Ages.Select(Between))})")}"
            );
        }
    }

    private static string HasInvoice(string condition) =>
        $"exists (select 1 from payment_records i where i.customer_id = c.id and i.status in ('pending', 'overdue', 'partial') and {condition})";

    private static string Between(AgingBucket age) =>
        age switch
        {
            AgingBucket.Current => "i.due_date >= @today",
            AgingBucket.UpTo30 => "i.due_date between @today - 30 and @today - 1",
            AgingBucket.UpTo60 => "i.due_date between @today - 60 and @today - 31",
            AgingBucket.UpTo90 => "i.due_date between @today - 90 and @today - 61",
            _ => "i.due_date < @today - 90",
        };

    private void NarrowByText()
    {
        if (_filter.Text is not { } text)
        {
            return;
        }

        Add("text", "%" + text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%");
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        // Phone numbers are written in many ways: three digits or more are compared without what stands between them.
        var phone =
            digits.Length >= 3
                ? " or regexp_replace(coalesce(c.phone, '') || ' ' || coalesce(c.mobile, ''), '[^0-9 ]', '', 'g') like @digits"
                : "";
        Add("digits", "%" + digits + "%");
        _where.Append(
            $"""
             and (c.company_name ilike @text or c.contact_name ilike @text or c.email ilike @text{phone}
                or c.id = any(array(select i.customer_id from payment_records i where i.invoice_number ilike @text)))
            """
        );
    }

    private void Add(string name, object value) =>
        _parameters.Add(new NpgsqlParameter(name, value));
}
