using Dashboard.Data;
using Dashboard.Data.Compliance;
using Dashboard.Data.Reads;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>Reads one page of requests.</summary>
public sealed class ApprovalListQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>Matches are counted no further than this; beyond it the page says "10,000+".</summary>
    public const int CountLimit = 10_000;

    /// <summary>Rows of a page.</summary>
    public const int PageSize = 100;

    /// <summary>Reads the page after <paramref name="after"/> (the first when null).</summary>
    public async Task<ApprovalPage> RunAsync(
        ApprovalListFilter filter,
        ApprovalCursor? after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new ApprovalListSql(filter, time.GetUtcNow().UtcDateTime);
        var total = await db.ReadAsync(
            sql.Count(CountLimit + 1),
            sql.Parameters,
            r => r.GetInt32(0),
            cancellationToken
        );
        var rules = await db.ReadAsync(sql.Rules, [], r => r.GetString(0), cancellationToken);
        var statement = sql.Page(after, PageSize);
        var rows = await db.ReadAsync(
            statement,
            sql.Parameters,
            r => (Row: Map(r), At: r.Utc("at")!.Value),
            cancellationToken
        );
        var more = rows.Count > PageSize;
        var shown = more ? rows[..PageSize] : rows;
        return new ApprovalPage(
            [.. shown.Select(r => r.Row)],
            more ? new ApprovalCursor(shown[^1].Row.Id, shown[^1].At) : null,
            total[0],
            rules
        );
    }

    /// <summary>The keys of everything that matches: what a decision on "all that match" is about.</summary>
    public async Task<IReadOnlyList<Guid>> MatchingAsync(
        ApprovalListFilter filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new ApprovalListSql(filter, time.GetUtcNow().UtcDateTime);
        return await db.ReadAsync(sql.Keys, sql.Parameters, r => r.GetGuid(0), cancellationToken);
    }

    /// <summary>A row of <see cref="ApprovalListSql.Columns"/>.</summary>
    internal static ApprovalRow Map(NpgsqlDataReader row) =>
        new()
        {
            Id = row.Value<Guid>("id")!.Value,
            TaskId = row.Value<Guid>("task_id")!.Value,
            Status = row.Word<ApprovalStatus>("status")!.Value,
            Channel = row.Word<Channel>("channel")!.Value,
            Type = row.Word<TaskType>("type")!.Value,
            StepNumber = row.Value<int>("step_number"),
            CustomerId = row.Value<Guid>("customer_id")!.Value,
            CompanyName = row.Text("company_name")!,
            Timezone = row.Text("timezone"),
            CampaignId = row.Value<Guid>("campaign_id"),
            CampaignName = row.Text("campaign_name"),
            Amount = row.Value<decimal>("amount"),
            Currency = row.Text("currency"),
            OtherCurrencies = (row.Value<int>("currencies") ?? 1) - 1,
            DaysOverdue = row.Value<int>("days_overdue"),
            FallbackChannel = row.Word<Channel>("fallback"),
            Rule = row.Text("rule")!,
            Explanation = row.Text("explanation")!,
            RequestedAt = row.Utc("requested_at")!.Value,
            DecidedAt = row.Utc("decided_at"),
            DecidedBy = row.Text("decided_by"),
            Note = row.Text("note"),
            ExpiresAt = row.Utc("expires_at"),
            ContactedAt = row.Utc("contacted_at"),
        };
}
