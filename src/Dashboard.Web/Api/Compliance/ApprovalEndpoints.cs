using Dashboard.Data.Commands;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Operators;
using Dashboard.Domain.Json;
using Dashboard.Web.Features.Compliance.Approvals;
using Dashboard.Web.Identity;

namespace Dashboard.Web.Api.Compliance;

/// <summary>Body of a decision.</summary>
internal sealed class DecisionBody : JsonDocumentShape
{
    /// <summary>Instant, exclusive, until which an approval holds; left out = a day.</summary>
    public string? ExpiresAt { get; set; }

    /// <summary>Why; needed to reject.</summary>
    public string? Note { get; set; }
}

/// <summary>
/// <c>GET /approvals</c> and <c>POST /approvals/{id}/approve|reject</c>: contacts that wait for a person. An approved one goes
/// on through the gate.
/// </summary>
internal static class ApprovalEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapApprovals(this RouteGroupBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals
            .MapGet("", ListAsync)
            .Produces<KeysetPage<ApprovalRow>>()
            .WithSummary("Requests that wait, oldest first; ?status=decided for the others.");
        approvals
            .MapPost("/{id:guid}/approve", ApproveAsync)
            .Accepts<DecisionBody>("application/json")
            .Produces<ApprovalsDecided>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Roles.ComplianceOfficers);
        approvals
            .MapPost("/{id:guid}/reject", RejectAsync)
            .Accepts<DecisionBody>("application/json")
            .Produces<ApprovalsDecided>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(Roles.ComplianceOfficers);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest http,
        ApprovalListQuery list,
        CancellationToken cancellationToken
    )
    {
        var after = Cursor.Read(
            http.Query["after"].ToString() is { Length: > 0 } text ? text : null
        );
        if (after.Error is { } fault)
        {
            return Problems.Of(fault);
        }

        var filter = ApprovalListFilter.From(http.Query["status"], null, null, null, null, null);
        var page = await list.RunAsync(
            filter,
            after.Value is { } last ? new ApprovalCursor(last.Id, last.At) : null,
            cancellationToken
        );
        return ApiResults.Ok(
            new KeysetPage<ApprovalRow>(
                page.Rows,
                page.Next is { } next ? new Cursor(next.At, next.Id).ToString() : null
            )
        );
    }

    private static Task<IResult> ApproveAsync(
        Guid id,
        HttpContext http,
        ApprovalDesk desk,
        CommandRunner commands,
        CancellationToken cancellationToken
    ) =>
        DecideAsync(
            http,
            commands,
            (until, note) => desk.Approve(ApprovalSelection.One(id), until, note),
            cancellationToken
        );

    private static Task<IResult> RejectAsync(
        Guid id,
        HttpContext http,
        ApprovalDesk desk,
        CommandRunner commands,
        CancellationToken cancellationToken
    ) =>
        DecideAsync(
            http,
            commands,
            (_, note) => desk.Reject(ApprovalSelection.One(id), note ?? string.Empty),
            cancellationToken
        );

    private static async Task<IResult> DecideAsync(
        HttpContext http,
        CommandRunner commands,
        Func<DateTime?, string?, ICommand<ApprovalsDecided>> decision,
        CancellationToken cancellationToken
    )
    {
        var read = await ApiBody.ReadAsync<DecisionBody>(http.Request, cancellationToken);
        if (read.Error is { } unreadable)
        {
            return Problems.Of(unreadable);
        }

        var fields = new FieldReader();
        var until = fields.OptionalInstant("expires_at", read.Value.ExpiresAt);
        if (fields.Faults.Count > 0)
        {
            return Problems.Of(fields.Faults);
        }

        var decided = await commands.RunAsync(
            decision(until, read.Value.Note),
            CurrentActor.Of(http),
            cancellationToken
        );
        return decided.Error is { } refusal ? Problems.Of(refusal) : ApiResults.Ok(decided.Value);
    }
}
