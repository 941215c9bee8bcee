using System.Text.Json;
using Dashboard.Data;
using Dashboard.Data.Reads;
using Dashboard.Data.Templates;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Tasks;

/// <summary>Everything the side panel shows of one task.</summary>
/// <param name="Task">The task with its customer, campaign, invoice and agent.</param>
/// <param name="Timezone">IANA name of the customer's zone.</param>
/// <param name="Message">The message it would send now, or why it cannot; null when it sends none.</param>
/// <param name="Findings">The gate's findings: its own, or those of the task a person takes over from.</param>
/// <param name="Attempts">Contacts made for it, newest first.</param>
/// <param name="History">Its audit rows, newest first, at most 50.</param>
public sealed record TaskDetail(
    AgentTask Task,
    string? Timezone,
    Result<TaskMessage>? Message,
    JsonElement? Findings,
    IReadOnlyList<TaskAttempt> Attempts,
    IReadOnlyList<TaskEvent> History
)
{
    /// <summary>What the gate did not let through, by rule, newest first.</summary>
    public IReadOnlyList<TaskRefusal> Refusals { get; init; } = [];

    /// <summary>Moves with each decision of a person about it.</summary>
    public int Approvals { get; init; }
}

/// <summary>Refusals of one task for one rule.</summary>
/// <param name="Id">Key of the last one.</param>
/// <param name="At">UTC; of the last one.</param>
/// <param name="Explanation">Of the last one.</param>
/// <param name="Times">How many.</param>
public sealed record TaskRefusal(Guid Id, DateTime At, string Explanation, int Times);

/// <summary>One contact made for a task.</summary>
/// <param name="Id">The attempt's key.</param>
/// <param name="At">UTC.</param>
/// <param name="Channel">The way out.</param>
/// <param name="Status">How far it got.</param>
/// <param name="Duration">Seconds, for calls.</param>
/// <param name="Response">What the customer said.</param>
/// <param name="Delivery">How sure we are that it left.</param>
/// <param name="Failure">What the provider said.</param>
public sealed record TaskAttempt(
    Guid Id,
    DateTime At,
    Channel Channel,
    ContactStatus Status,
    int? Duration,
    string? Response,
    Delivery? Delivery,
    string? Failure
);

/// <summary>One audit row in short.</summary>
/// <param name="Id">The row's key.</param>
/// <param name="At">UTC.</param>
/// <param name="Action"><c>created</c>, <c>status_changed</c>, …</param>
/// <param name="Actor">Who.</param>
/// <param name="Changes">Column → before and after.</param>
/// <param name="Metadata">Why it was refused, and more.</param>
public sealed record TaskEvent(
    Guid Id,
    DateTime At,
    string Action,
    string Actor,
    JsonElement? Changes,
    JsonElement? Metadata
);

/// <summary>Reads one task for the side panel.</summary>
public sealed class TaskDetailQuery(IDbContextFactory<DashboardDb> contexts, TaskMessages messages)
{
    private const int MostEvents = 50;

    /// <summary>Null when there is no such task.</summary>
    public async Task<TaskDetail?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var task = await db
            .Tasks.AsNoTracking()
            .Include(t => t.Customer)
            .Include(t => t.Campaign)
            .Include(t => t.PaymentRecord)
            .Include(t => t.AssignedAgent)
            .SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
        if (task is null)
        {
            return null;
        }

        var zone = await db
            .CustomerProfiles.Where(p => p.CustomerId == task.CustomerId)
            .Select(p => p.Timezone)
            .SingleOrDefaultAsync(cancellationToken);
        var rendered = await messages.RenderAsync(db, [id], cancellationToken);
        return new TaskDetail(
            task,
            zone,
            rendered.TryGetValue(id, out var message) ? message : (Result<TaskMessage>?)null,
            await FindingsAsync(db, task, cancellationToken),
            await AttemptsAsync(db, task, cancellationToken),
            await HistoryAsync(db, id, cancellationToken)
        )
        {
            Refusals = await RefusalsAsync(db, id, cancellationToken),
            Approvals = await db.ApprovalRequests.CountAsync(
                a => a.TaskId == id && a.DecidedAt != null,
                cancellationToken
            ),
        };
    }

    private static Task<List<TaskRefusal>> RefusalsAsync(
        DashboardDb db,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        db.ReadAsync(
            """
            select distinct on (r.rule) r.id, r.at, r.explanation, count(*) over (partition by r.rule)::int as times
            from ops.gate_refusals r where r.task_id = @task
            order by r.rule, r.at desc, r.id desc
            """,
            [new NpgsqlParameter("task", id)],
            row => new TaskRefusal(
                row.GetGuid(0),
                row.Utc("at")!.Value,
                row.GetString(2),
                row.GetInt32(3)
            ),
            cancellationToken
        );

    private static async Task<JsonElement?> FindingsAsync(
        DashboardDb db,
        AgentTask task,
        CancellationToken cancellationToken
    )
    {
        if (task.Context.Gate is not null || task.Context.EscalatedFrom is not { } origin)
        {
            return task.Context.Gate?.Findings;
        }

        var context = await db
            .Tasks.Where(t => t.Id == origin)
            .Select(t => t.Context)
            .SingleOrDefaultAsync(cancellationToken);
        return context?.Gate?.Findings;
    }

    /// <summary>There is an index on the customer and none on the task, so the customer narrows first.</summary>
    private static async Task<List<TaskAttempt>> AttemptsAsync(
        DashboardDb db,
        AgentTask task,
        CancellationToken cancellationToken
    )
    {
        var attempts = await db
            .ContactAttempts.AsNoTracking()
            .Where(a => a.CustomerId == task.CustomerId && a.TaskId == task.Id)
            .OrderByDescending(a => a.Timestamp)
            .ToListAsync(cancellationToken);
        return
        [
            .. attempts.Select(a => new TaskAttempt(
                a.Id,
                a.Timestamp,
                a.Channel,
                a.Status,
                a.Duration,
                a.Response,
                a.Metadata?.Delivery,
                a.Metadata?.Failure
            )),
        ];
    }

    private static async Task<List<TaskEvent>> HistoryAsync(
        DashboardDb db,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .AuditLogs.AsNoTracking()
            .Where(a => a.EntityType == "task" && a.EntityId == id)
            .OrderByDescending(a => a.Timestamp)
            .ThenByDescending(a => a.Id)
            .Take(MostEvents)
            .ToListAsync(cancellationToken);
        var names = await ActorNamesAsync(db, rows, cancellationToken);
        return
        [
            .. rows.Select(r => new TaskEvent(
                r.Id,
                r.Timestamp,
                r.Action,
                names.GetValueOrDefault(r.ActorId ?? "", r.ActorId ?? "system"),
                r.Changes,
                r.Metadata
            )),
        ];
    }

    private static async Task<Dictionary<string, string>> ActorNamesAsync(
        DashboardDb db,
        List<AuditLog> rows,
        CancellationToken cancellationToken
    )
    {
        var ids = rows.Where(r => r.ActorType == ActorType.User)
            .Select(r => Guid.TryParse(r.ActorId, out var id) ? id : Guid.Empty)
            .Distinct()
            .ToList();
        var users = await db
            .Users.Where(u => ids.Contains(u.Id))
            .Select(u => new { u.Id, u.DisplayName })
            .ToListAsync(cancellationToken);
        return users.ToDictionary(u => u.Id.ToString(), u => u.DisplayName);
    }
}
