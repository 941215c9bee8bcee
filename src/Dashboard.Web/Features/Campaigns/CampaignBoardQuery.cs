using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Campaigns;
using Dashboard.Web.Components;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Reads campaigns as a board: a column for each step in hand, then the paused and the finished ones.</summary>
public sealed class CampaignBoardQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private static readonly CampaignStatus[] s_running =
    [
        CampaignStatus.Draft,
        CampaignStatus.Active,
    ];

    /// <summary>Columns in order; a filter that names no state also shows the completed ones.</summary>
    public async Task<IReadOnlyList<BoardColumn>> RunAsync(
        CampaignListFilter filter,
        CancellationToken cancellationToken
    )
    {
        var shown =
            filter.States.Count > 0
                ? filter
                : filter with
                {
                    States = [.. CampaignListFilter.Open, CampaignStatus.Completed],
                };
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var whole = new CampaignListSql(shown, now);
        var sums = await db.ReadAsync(
            whole.Board,
            whole.Parameters,
            r =>
                (
                    Status: r.Word<CampaignStatus>("status"),
                    Step: r.GetInt32(r.GetOrdinal("step")),
                    Count: r.GetInt32(r.GetOrdinal("campaigns")),
                    Currency: r.Text("currency"),
                    Amount: r.Value<decimal>("amount")
                ),
            cancellationToken
        );
        var columns = new List<BoardColumn>();
        foreach (var column in sums.GroupBy(s => (s.Status, s.Step, s.Count)))
        {
            var (status, step, count) = column.Key;
            var narrowed = Narrow(shown, status, step);
            var sql = new CampaignListSql(narrowed, now);
            var first = await db.ReadAsync(
                sql.Page(null, CampaignListQuery.BoardCards - 1),
                sql.Parameters,
                CampaignListQuery.Map,
                cancellationToken
            );
            columns.Add(
                new BoardColumn(
                    Title(status, step),
                    narrowed,
                    count,
                    [
                        .. column
                            .Where(s => s.Currency is not null)
                            .Select(s => new CampaignMoney(s.Currency!, s.Amount ?? 0)),
                    ],
                    [.. first.Select(r => r.Row)]
                )
            );
        }

        return columns;
    }

    private static string Title(CampaignStatus? status, int step) =>
        status is { } over ? StateLook.Words(over)
        : step == 0 ? "No steps"
        : $"Step {step}";

    /// <summary>The list of one column: by what comes next, what is over by when it began.</summary>
    private static CampaignListFilter Narrow(
        CampaignListFilter filter,
        CampaignStatus? status,
        int step
    ) =>
        filter with
        {
            States = status is { } one ? [one] : [.. filter.States.Intersect(s_running)],
            Step = status is null ? step : filter.Step,
            Sort = status is CampaignStatus.Completed or CampaignStatus.Cancelled
                ? CampaignSort.Started
                : CampaignSort.Next,
            Reversed = false,
        };
}
