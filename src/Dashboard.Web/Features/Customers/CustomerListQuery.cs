using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Customers;

/// <summary>Reads one page of customers.</summary>
public sealed class CustomerListQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>Matches are counted no further than this.</summary>
    public const int CountLimit = 10_000;

    /// <summary>Rows of a page.</summary>
    public const int PageSize = 100;

    /// <summary>Reads the page after <paramref name="after"/> (the first when null).</summary>
    public async Task<CustomerListPage> RunAsync(
        CustomerListFilter filter,
        CustomerCursor? after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new CustomerListSql(filter, time.GetUtcNow().UtcDateTime);
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
        return new CustomerListPage(
            [.. shown.Select(r => r.Row)],
            more ? Cursor(shown[^1], filter.Sort) : null,
            total[0]
        );
    }

    /// <summary>The keys of everything that matches, in no order.</summary>
    public async Task<IReadOnlyList<Guid>> MatchingAsync(
        CustomerListFilter filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new CustomerListSql(filter, time.GetUtcNow().UtcDateTime);
        return await db.ReadAsync(sql.Keys, sql.Parameters, r => r.GetGuid(0), cancellationToken);
    }

    private static CustomerCursor Cursor(
        (CustomerRow Row, string Name, DateOnly? Day) last,
        CustomerSort sort
    ) =>
        new(
            last.Row.Id,
            last.Name,
            sort == CustomerSort.Risk
                ? last.Row.RiskScore ?? -1
                : last.Row.Owed.Select(o => o.Overdue).DefaultIfEmpty(0).Max(),
            last.Day
        );

    private static (CustomerRow Row, string Name, DateOnly? Day) Map(NpgsqlDataReader row) =>
        (
            new CustomerRow
            {
                Id = row.Value<Guid>("id")!.Value,
                CompanyName = row.Text("company_name")!,
                ContactName = row.Text("contact_name")!,
                Email = row.Text("email")!,
                Phone = row.Text("phone") ?? row.Text("mobile"),
                RiskLevel = row.Word<RiskLevel>("risk_level"),
                RiskScore = row.Value<decimal>("risk_score"),
                Timezone = row.Text("timezone"),
                DoNotContact = row.Value<bool>("do_not_contact") ?? false,
                OptOuts = row.GetFieldValue<string[]>(row.GetOrdinal("opt_outs")),
                Owed = row.Text("owed") is { } owed ? JsonShape.Read<List<OwedMoney>>(owed) : [],
                OldestDays = row.Value<int>("oldest_days"),
                OverdueInvoices = row.GetInt32(row.GetOrdinal("overdue")),
                LastContactAt = row.Utc("last_contact_date"),
                OpenCampaigns = row.GetInt32(row.GetOrdinal("open_campaigns")),
                Tags = row.IsDBNull(row.GetOrdinal("tags"))
                    ? []
                    : row.GetFieldValue<string[]>(row.GetOrdinal("tags")),
            },
            row.Text("name_key")!,
            row.Value<DateOnly>("oldest")
        );
}
