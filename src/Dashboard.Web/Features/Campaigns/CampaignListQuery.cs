using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Reads campaigns as a page of the list.</summary>
public sealed class CampaignListQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>Matches are counted no further than this.</summary>
    public const int CountLimit = 10_000;

    /// <summary>Rows of a page.</summary>
    public const int PageSize = 100;

    /// <summary>Cards of a board's column; the list shows the rest.</summary>
    public const int BoardCards = 25;

    /// <summary>Reads the page after <paramref name="after"/> (the first when null).</summary>
    public async Task<CampaignListPage> RunAsync(
        CampaignListFilter filter,
        CampaignCursor? after,
        CancellationToken cancellationToken,
        int size = PageSize
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new CampaignListSql(filter, time.GetUtcNow().UtcDateTime);
        var total = await db.ReadAsync(
            sql.Count(CountLimit + 1),
            sql.Parameters,
            r => r.GetInt32(0),
            cancellationToken
        );
        var statement = sql.Page(after, size);
        var rows = await db.ReadAsync(statement, sql.Parameters, Map, cancellationToken);
        var more = rows.Count > size;
        var shown = more ? rows[..size] : rows;
        return new CampaignListPage(
            [.. shown.Select(r => r.Row)],
            more ? shown[^1].Cursor : null,
            total[0]
        );
    }

    /// <summary>Customers with overdue invoices and without an open campaign: whom "enrol everyone" is about.</summary>
    public async Task<int> EnrollableAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.ReadAsync(
            """
            select count(distinct i.customer_id)::int from payment_records i
            join customers c on c.id = i.customer_id and c.deleted_at is null
            left join customer_profiles p on p.customer_id = c.id
            where i.status in ('pending', 'overdue', 'partial') and i.due_date < @today and p.do_not_contact is not true
                and not exists (select 1 from campaigns k where k.customer_id = c.id and k.status in ('draft', 'active', 'paused'))
            """,
            [new NpgsqlParameter("today", DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))],
            r => r.GetInt32(0),
            cancellationToken
        );
        return rows[0];
    }

    /// <summary>A row of <see cref="CampaignListSql.Page"/>, and where a page after it begins.</summary>
    internal static (CampaignRow Row, CampaignCursor Cursor) Map(NpgsqlDataReader row)
    {
        var id = row.Value<Guid>("id")!.Value;
        return (
            new CampaignRow
            {
                Id = id,
                Name = row.Text("name")!,
                Status = row.Word<CampaignStatus>("status")!.Value,
                StepsBehind = row.GetInt32(row.GetOrdinal("current_step")),
                Steps = row.GetInt32(row.GetOrdinal("steps")),
                Channel = row.Word<StepChannel>("channel"),
                CustomerId = row.Value<Guid>("customer_id")!.Value,
                CompanyName = row.Text("company_name")!,
                Timezone = row.Text("timezone"),
                Open = Money(row),
                NextAt = row.Utc("next_at"),
                TaskStatus = row.Word<AgentTaskStatus>("task_status"),
                GateDecision = row.Text("decision"),
                Explanation = row.Text("explanation"),
                PausedUntil = row.Utc("paused_until"),
                StartDate = row.Utc("start_date")!.Value,
                EndDate = row.Utc("end_date"),
                UpdatedAt = row.Utc("updated_at")!.Value,
            },
            new CampaignCursor(id, row.Utc("sort_at"), row.Text("name_key")!)
        );
    }

    private static CampaignMoney[] Money(NpgsqlDataReader row)
    {
        var currencies = row.GetOrdinal("currencies");
        return row.IsDBNull(currencies)
            ? []
            :
            [
                .. row.GetFieldValue<string[]>(currencies)
                    .Zip(
                        row.GetFieldValue<decimal[]>(row.GetOrdinal("amounts")),
                        (currency, amount) => new CampaignMoney(currency, amount)
                    ),
            ];
    }
}
