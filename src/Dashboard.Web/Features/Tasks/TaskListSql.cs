using System.Text;
using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Tasks;

/// <summary>Puts the queue's statements together out of fixed texts; values travel as parameters.</summary>
internal sealed class TaskListSql
{
    private const string Rank =
        "(case t.priority when 'urgent' then 0 when 'high' then 1 when 'medium' then 2 else 3 end)";

    private readonly StringBuilder _where = new("t.status = any(@states)");
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly TaskListFilter _filter;

    public TaskListSql(TaskListFilter filter, DateTime now)
    {
        _filter = filter;
        Add("states", filter.ShownStates.Select(s => s.ToText()).ToArray());
        Add("today", DateOnly.FromDateTime(now));
        NarrowByColumns();
        NarrowByWait(now);
        NarrowByInvoice();
        NarrowByText();
    }

    /// <summary>Values of both statements.</summary>
    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    /// <summary>Counts what matches, up to a limit.</summary>
    public string Count(int limit) =>
        $"select count(*)::int as total from (select 1 from tasks t where {_where} limit {limit}) matching";

    /// <summary>The keys of everything that matches.</summary>
    public string Keys => $"select t.id from tasks t where {_where}";

    /// <summary>One page after <paramref name="after"/>, one row longer than <paramref name="size"/> to see whether there is a next.</summary>
    public string Page(TaskCursor? after, int size)
    {
        var cursor = after is null ? "" : $" and {After(after)}";
        return $"""
            with page as materialized (
                select t.*, {Rank} as rank from tasks t
                where {_where}{cursor}
                order by {Order()} limit {size + 1}
            )
            select t.id, t.status, t.priority, t.type, t.customer_id, t.assigned_agent_id, t.due_at, t.started_at,
                t.created_at, t.updated_at, coalesce(t.attempts, 0) as attempts,
                coalesce(t.max_attempts, 3) as max_attempts, t.rank,
                (t.context->>'step_number')::int as step_number, t.context->>'channel' as channel,
                t.context->>'reason' as reason, t.context->>'outcome' as outcome,
                t.context->'gate'->>'decision' as decision, t.context->'gate'->>'explanation' as explanation,
                (t.context->'gate'->>'next_allowed_at')::timestamptz at time zone 'utc' as next_allowed_at,
                c.company_name, p.timezone, coalesce(t.context->'operator'->>'name', a.config->>'name', a.type || ' agent') as agent_name,
                owed.currency, owed.amount, owed.currencies, @today - owed.oldest as days_overdue
            from page t
            join customers c on c.id = t.customer_id
            left join customer_profiles p on p.customer_id = t.customer_id
            left join agents a on a.id = t.assigned_agent_id
            left join lateral (
                select i.currency, min(i.due_date) as oldest, count(*) over ()::int as currencies,
                    sum(i.amount - coalesce((i.metadata->>'amount_paid')::numeric, 0)) as amount
                from payment_records i
                where i.customer_id = t.customer_id and i.status in ('pending', 'overdue', 'partial')
                    and case when t.payment_record_id is null then i.due_date < @today
                        else i.id = t.payment_record_id end
                group by i.currency order by amount desc limit 1
            ) owed on true
            order by {Order()}
            """;
    }

    private void NarrowByColumns()
    {
        AnyOf("t.type", "types", [.. _filter.Types.Select(t => t.ToText())]);
        AnyOf("t.priority", "priorities", [.. _filter.Priorities.Select(p => p.ToText())]);
        Same("t.assigned_agent_id", "agent", _filter.AgentId);
        Same("t.customer_id", "customer", _filter.CustomerId);
        Same("t.campaign_id", "campaign", _filter.CampaignId);
        if (_filter.Unassigned)
        {
            _where.Append(" and t.assigned_agent_id is null");
        }
    }

    private void NarrowByWait(DateTime now)
    {
        if (_filter.Waits is not { } waits)
        {
            return;
        }

        Add("late", DateTime.SpecifyKind(now.AddMinutes(-15), DateTimeKind.Unspecified));
        _where.Append(
            waits switch
            {
                TaskWait.Approval =>
                    " and t.status = 'pending' and t.context->'gate'->>'decision' = 'requires_approval'",
                TaskWait.Gate =>
                    " and t.status = 'pending' and t.context->'gate'->>'decision' in ('blocked', 'escalate')",
                TaskWait.Agent =>
                    " and t.status = 'pending' and t.context->'gate'->>'decision' = 'no_agent'",
                _ =>
                    " and t.status = 'pending' and t.due_at < @late and t.type not in ('escalate', 'follow_up')",
            }
        );
    }

    /// <summary>A task without an invoice of its own is about all overdue invoices of its customer.</summary>
    private void NarrowByInvoice()
    {
        if (_filter.OverdueDays is not { } days)
        {
            return;
        }

        Add("days", days);
        _where.Append(
            """
             and exists (select 1 from payment_records i where i.customer_id = t.customer_id
                and i.due_date <= @today - @days and i.status in ('pending', 'overdue', 'partial')
                and (t.payment_record_id is null or i.id = t.payment_record_id))
            """
        );
    }

    private void NarrowByText()
    {
        if (_filter.Text is not { } text)
        {
            return;
        }

        Add("text", "%" + text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%");
        _where.Append(
            """
             and t.customer_id = any(array(
                select c.id from customers c where c.company_name ilike @text or c.contact_name ilike @text
                union select i.customer_id from payment_records i where i.invoice_number ilike @text))
            """
        );
    }

    private string Order()
    {
        var way = _filter.Descending ? "desc" : "asc";
        return _filter.Sort switch
        {
            TaskSort.Priority => $"rank {way}, t.due_at {way}, t.id {way}",
            TaskSort.Age => $"t.created_at {way}, t.id {way}",
            _ => $"t.due_at {way}, t.id {way}",
        };
    }

    private string After(TaskCursor after)
    {
        Add("after_id", after.Id);
        Add("after_rank", after.Rank);
        _parameters.Add(
            new NpgsqlParameter("after_at", NpgsqlDbType.Timestamp)
            {
                Value = after.At is { } at
                    ? DateTime.SpecifyKind(at, DateTimeKind.Unspecified)
                    : DBNull.Value,
            }
        );
        var beyond = _filter.Descending ? "<" : ">";
        return _filter.Sort switch
        {
            TaskSort.Priority =>
                $"({Rank} {beyond} @after_rank or ({Rank} = @after_rank and {AfterDue(after, beyond)}))",
            TaskSort.Age => $"(t.created_at, t.id) {beyond} (@after_at, @after_id)",
            _ => AfterDue(after, beyond),
        };
    }

    /// <summary>PostgreSQL sorts tasks without a due date last, and first when turned round.</summary>
    private static string AfterDue(TaskCursor after, string beyond) =>
        (after.At is null, beyond) switch
        {
            (true, ">") => "(t.due_at is null and t.id > @after_id)",
            (true, _) => "(t.due_at is not null or t.id < @after_id)",
            (false, ">") => "((t.due_at, t.id) > (@after_at, @after_id) or t.due_at is null)",
            _ => "(t.due_at, t.id) < (@after_at, @after_id)",
        };

    private void AnyOf(string column, string name, string[] words)
    {
        if (words.Length > 0)
        {
            Add(name, words);
            _where.Append($" and {column} = any(@{name})");
        }
    }

    private void Same(string column, string name, Guid? key)
    {
        if (key is { } value)
        {
            Add(name, value);
            _where.Append($" and {column} = @{name}");
        }
    }

    private void Add(string name, object value) =>
        _parameters.Add(new NpgsqlParameter(name, value));
}
