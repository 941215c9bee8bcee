using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Tasks;

/// <summary>Reads one page of the queue.</summary>
public sealed class TaskListQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    /// <summary>Matches are counted no further than this; beyond it the page says "10,000+".</summary>
    public const int CountLimit = 10_000;

    /// <summary>Rows of a page.</summary>
    public const int PageSize = 100;

    /// <summary>Reads the page after <paramref name="after"/> (the first when null).</summary>
    public async Task<TaskPage> RunAsync(
        TaskListFilter filter,
        TaskCursor? after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new TaskListSql(filter, time.GetUtcNow().UtcDateTime);
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
        return new TaskPage(
            [.. shown.Select(r => r.Row)],
            more ? Cursor(shown[^1], filter.Sort) : null,
            total[0]
        );
    }

    /// <summary>The keys of everything that matches, in no order: what a bulk action on "all that match" is about.</summary>
    public async Task<IReadOnlyList<Guid>> MatchingAsync(
        TaskListFilter filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sql = new TaskListSql(filter, time.GetUtcNow().UtcDateTime);
        return await db.ReadAsync(sql.Keys, sql.Parameters, r => r.GetGuid(0), cancellationToken);
    }

    private static TaskCursor Cursor((TaskRow Row, int Rank) last, TaskSort sort) =>
        new(
            last.Row.Id,
            sort switch
            {
                TaskSort.Age => last.Row.CreatedAt,
                _ => last.Row.DueAt,
            },
            last.Rank
        );

    private static (TaskRow Row, int Rank) Map(NpgsqlDataReader row) =>
        (
            new TaskRow
            {
                Id = row.Value<Guid>("id")!.Value,
                Status = row.Word<AgentTaskStatus>("status")!.Value,
                Priority = row.Word<TaskPriority>("priority")!.Value,
                Type = row.Word<TaskType>("type")!.Value,
                StepNumber = row.Value<int>("step_number"),
                Channel = row.Word<StepChannel>("channel"),
                CustomerId = row.Value<Guid>("customer_id")!.Value,
                CompanyName = row.Text("company_name")!,
                Timezone = row.Text("timezone"),
                Amount = row.Value<decimal>("amount"),
                Currency = row.Text("currency"),
                OtherCurrencies = (row.Value<int>("currencies") ?? 1) - 1,
                DaysOverdue = row.Value<int>("days_overdue"),
                AgentId = row.Value<Guid>("assigned_agent_id"),
                AgentName = row.Text("agent_name"),
                DueAt = row.Utc("due_at"),
                StartedAt = row.Utc("started_at"),
                CreatedAt = row.Utc("created_at")!.Value,
                UpdatedAt = row.Utc("updated_at")!.Value,
                Attempts = row.GetInt32(row.GetOrdinal("attempts")),
                MaxAttempts = row.GetInt32(row.GetOrdinal("max_attempts")),
                GateDecision = row.Text("decision"),
                NextAllowedAt = row.Utc("next_allowed_at"),
                Explanation = row.Text("explanation"),
                Reason = row.Text("reason"),
                Outcome = row.Text("outcome"),
            },
            row.GetInt32(row.GetOrdinal("rank"))
        );
}
