using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Campaigns whose step in hand is the same.</summary>
/// <param name="Step">1-based number of the step.</param>
/// <param name="Campaigns">How many.</param>
/// <param name="Money">What they chase, by currency, largest first.</param>
/// <param name="First">The ones with the nearest next step, at most <see cref="CampaignListQuery.BoardCards"/>.</param>
public sealed record BoardColumn(
    int Step,
    int Campaigns,
    IReadOnlyList<(string Currency, decimal Amount)> Money,
    IReadOnlyList<CampaignRow> First
);

/// <summary>Reads campaigns as a page of the list or as a board by step.</summary>
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
        CancellationToken cancellationToken
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
        var statement = sql.Page(after, PageSize);
        var rows = await db.ReadAsync(statement, sql.Parameters, Map, cancellationToken);
        var more = rows.Count > PageSize;
        var shown = more ? rows[..PageSize] : rows;
        return new CampaignListPage(
            [.. shown.Select(r => r.Row)],
            more ? Cursor(shown[^1], filter.Sort) : null,
            total[0]
        );
    }

    /// <summary>Reads the board: every step in hand, with its count, its money and its nearest campaigns.</summary>
    public async Task<IReadOnlyList<BoardColumn>> BoardAsync(
        CampaignListFilter filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var whole = new CampaignListSql(filter with { Step = null }, now);
        var sums = await db.ReadAsync(
            whole.Board,
            whole.Parameters,
            r =>
                (
                    Step: r.GetInt32(0),
                    Currency: r.Text("currency"),
                    Count: r.GetInt32(2),
                    Amount: r.Value<decimal>("amount")
                ),
            cancellationToken
        );
        var columns = new List<BoardColumn>();
        foreach (var step in sums.GroupBy(s => s.Step))
        {
            var sql = new CampaignListSql(
                filter with
                {
                    Step = step.Key,
                    Sort = CampaignSort.Next,
                    Reversed = false,
                },
                now
            );
            var first = await db.ReadAsync(
                sql.Page(null, BoardCards),
                sql.Parameters,
                Map,
                cancellationToken
            );
            columns.Add(
                new BoardColumn(
                    step.Key,
                    step.Sum(s => s.Count),
                    [
                        .. step.Where(s => s.Currency is not null)
                            .Select(s => (s.Currency!, s.Amount ?? 0)),
                    ],
                    [.. first.Take(BoardCards).Select(r => r.Row)]
                )
            );
        }

        return columns;
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

    private static CampaignCursor Cursor(
        (CampaignRow Row, string Name, DateTime? Scheduled) last,
        CampaignSort sort
    ) =>
        new(
            last.Row.Id,
            sort == CampaignSort.Started ? last.Row.StartDate : last.Scheduled,
            last.Name
        );

    private static (CampaignRow Row, string Name, DateTime? Scheduled) Map(NpgsqlDataReader row) =>
        (
            new CampaignRow
            {
                Id = row.Value<Guid>("id")!.Value,
                Name = row.Text("name")!,
                Status = row.Word<CampaignStatus>("status")!.Value,
                StepsBehind = row.GetInt32(row.GetOrdinal("current_step")),
                Steps = row.GetInt32(row.GetOrdinal("steps")),
                Channel = row.Word<StepChannel>("channel"),
                CustomerId = row.Value<Guid>("customer_id")!.Value,
                CompanyName = row.Text("company_name")!,
                Timezone = row.Text("timezone"),
                Amount = row.Value<decimal>("amount"),
                Currency = row.Text("currency"),
                NextAt = row.Utc("next_at"),
                PausedUntil = row.Utc("paused_until"),
                StartDate = row.Utc("start_date")!.Value,
                EndDate = row.Utc("end_date"),
            },
            row.Text("name_key")!,
            row.Utc("scheduled_at")
        );
}
