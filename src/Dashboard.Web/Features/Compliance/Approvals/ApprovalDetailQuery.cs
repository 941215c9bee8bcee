using System.Text.Json;
using Dashboard.Data;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Reads;
using Dashboard.Data.Templates;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>Everything the side panel shows of one request.</summary>
/// <param name="Row">What the list shows.</param>
/// <param name="Findings">The gate's findings when it asked.</param>
/// <param name="Message">The message as it would leave now, or why there is none; null when it was decided.</param>
/// <param name="Decided">The message that was decided about; null while it waits, and when there was none.</param>
/// <param name="Invoices">What the message is about, oldest first.</param>
/// <param name="ReadAt">UTC; the instant of the reading.</param>
public sealed record ApprovalDetail(
    ApprovalRow Row,
    JsonElement Findings,
    Result<TaskMessage>? Message,
    ApprovedMessage? Decided,
    IReadOnlyList<ApprovalInvoice> Invoices,
    DateTime ReadAt
);

/// <summary>An invoice of the message.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">On paper.</param>
/// <param name="Open">What is still owed.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="DaysOverdue">Since its due date.</param>
public sealed record ApprovalInvoice(
    Guid Id,
    string Number,
    decimal Open,
    string Currency,
    int DaysOverdue
);

/// <summary>Reads one request for the side panel.</summary>
public sealed class ApprovalDetailQuery(
    IDbContextFactory<DashboardDb> contexts,
    TaskMessages messages,
    TimeProvider time
)
{
    private const string Sql = $"""
        select {ApprovalListSql.Columns}, r.findings::text as findings, r.message::text as message
        from ops.approval_requests r {ApprovalListSql.Joins} where r.id = @id
        """;

    private const string InvoiceSql = $"""
        select i.id, i.invoice_number, {MessageSql.Open}, i.currency, @today - i.due_date
        from payment_records i where i.id = any(@invoices) order by i.due_date, i.invoice_number
        """;

    /// <summary>Null when there is no such request.</summary>
    public async Task<ApprovalDetail?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var found = await db.ReadAsync(
            Sql,
            [
                new("id", id),
                new("now", DateTime.SpecifyKind(now, DateTimeKind.Unspecified)),
                new("today", DateOnly.FromDateTime(now)),
            ],
            r =>
                (
                    Row: ApprovalListQuery.Map(r),
                    Findings: JsonSerializer.Deserialize<JsonElement>(r.Text("findings")!),
                    Message: r.Text("message")
                ),
            cancellationToken
        );
        if (found is not [var request])
        {
            return null;
        }

        var waits = request.Row.Status == ApprovalStatus.Pending;
        var message = waits ? await RenderAsync(db, request.Row.TaskId, cancellationToken) : null;
        var decided = request.Message is { } kept ? JsonShape.Read<ApprovedMessage>(kept) : null;
        var about =
            decided?.Invoices
            ?? (message is { Succeeded: true } m ? [.. m.Value.Invoices.Select(i => i.Id)] : []);
        return new ApprovalDetail(
            request.Row,
            request.Findings,
            message,
            decided,
            await InvoicesAsync(db, about, now, cancellationToken),
            now
        );
    }

    private async Task<Result<TaskMessage>?> RenderAsync(
        DashboardDb db,
        Guid task,
        CancellationToken cancellationToken
    )
    {
        var rendered = await messages.RenderAsync(db, [task], cancellationToken);
        return rendered.TryGetValue(task, out var message) ? message : (Result<TaskMessage>?)null;
    }

    private static Task<List<ApprovalInvoice>> InvoicesAsync(
        DashboardDb db,
        List<Guid> invoices,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        db.ReadAsync(
            InvoiceSql,
            [new("invoices", invoices.ToArray()), new("today", DateOnly.FromDateTime(now))],
            r => new ApprovalInvoice(
                r.GetGuid(0),
                r.GetString(1),
                r.GetDecimal(2),
                r.GetString(3),
                r.GetInt32(4)
            ),
            cancellationToken
        );
}
