using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Dashboard.Web.Features.OptOuts;
using Dashboard.Web.Identity;

namespace Dashboard.Web.Api.OptOuts;

/// <summary>Body of <c>POST /opt-outs</c>.</summary>
internal sealed class OptOutBody : JsonDocumentShape
{
    /// <summary>Whose wish.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>email, phone, sms or all.</summary>
    public string? Channel { get; set; }

    /// <summary>In the customer's words.</summary>
    public string? Reason { get; set; }

    /// <summary>Instant, exclusive; left out = for good.</summary>
    public string? ExpiresAt { get; set; }
}

/// <summary>An opt-out in a list.</summary>
internal sealed record OptOutAnswer(
    Guid Id,
    Guid CustomerId,
    OptOutChannel Channel,
    string? Reason,
    string? Source,
    DateTime OptedOutAt,
    DateTime? ExpiresAt
);

/// <summary><c>GET/POST/DELETE /opt-outs</c> (contracts.md, "HTTP API").</summary>
internal static class OptOutEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapOptOuts(this RouteGroupBuilder api)
    {
        var optOuts = api.MapGroup("/opt-outs").WithTags("Opt-outs");
        optOuts
            .MapGet("", ListAsync)
            .Produces<KeysetPage<OptOutAnswer>>()
            .WithSummary(
                "Opt-outs in force, newest first; ?state=all|ended|temporary, ?customer_id, ?channel."
            );
        optOuts
            .MapPost("", AddAsync)
            .Accepts<OptOutBody>("application/json")
            .Produces<OptOutReceipt>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary(
                "Opts a customer out; the receipt says what was cancelled and what was on its way."
            )
            .For(OptOutRoles.Adders);
        optOuts
            .MapDelete("/{id:guid}", RemoveAsync)
            .Produces<OptOutsRemoved>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Ends an opt-out before its time; ?reason says why.")
            .For(Roles.ComplianceOfficers);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest http,
        OptOutListQuery list,
        CancellationToken cancellationToken
    )
    {
        var keyset = Keyset.Read(http);
        var after = Cursor.Read(keyset.Succeeded ? keyset.Value.After : null);
        var fields = new FieldReader();
        var query = http.Query;
        Guid? customer = null;
        if (query["customer_id"].ToString() is { Length: > 0 } text)
        {
            customer = Guid.TryParse(text, out var id) ? id : null;
            if (customer is null)
            {
                fields.Fault("customer_id", $"is '{text}': use a customer's id.");
            }
        }

        if (query["channel"].ToString() is { Length: > 0 } channel)
        {
            fields.Word<OptOutChannel>("channel", channel);
        }

        if (query["state"].ToString() is { Length: > 0 } state)
        {
            fields.Word<OptOutState>("state", state);
        }

        if (
            (keyset.Error ?? after.Error ?? (fields.Faults is [var first, ..] ? first : null)) is
            { } fault
        )
        {
            return Problems.Of(fault);
        }

        var filter = OptOutFilter.From(query["state"], query["channel"], null, null, customer);
        var rows = await list.TakeAsync(
            filter,
            after.Value is { } last ? new OptOutCursor(last.At, last.Id) : null,
            keyset.Value.Limit + 1,
            cancellationToken
        );
        var answers = rows.Select(r => new OptOutAnswer(
                r.Id,
                r.CustomerId,
                r.Channel,
                r.Reason,
                r.Source,
                r.OptedOutAt,
                r.ExpiresAt
            ))
            .ToList();
        return ApiResults.Ok(
            keyset.Value.Page(answers, a => new Cursor(a.OptedOutAt, a.Id).ToString())
        );
    }

    private static async Task<IResult> AddAsync(
        HttpContext http,
        CommandRunner commands,
        CancellationToken cancellationToken
    )
    {
        var read = await ApiBody.ReadAsync<OptOutBody>(http.Request, cancellationToken);
        if (read.Error is { } unreadable)
        {
            return Problems.Of(unreadable);
        }

        var body = read.Value;
        var fields = new FieldReader();
        var channel = fields.Word<OptOutChannel>("channel", body.Channel);
        var expiresAt = fields.OptionalInstant("expires_at", body.ExpiresAt);
        if (fields.Faults.Count > 0)
        {
            return Problems.Of(fields.Faults);
        }

        var receipt = await commands.RunAsync(
            new AddOptOut(body.CustomerId, channel, body.Reason, expiresAt, OptOutSources.Api),
            CurrentActor.Of(http),
            cancellationToken
        );
        return receipt.Error is { } refusal
            ? Problems.Of(refusal with { Field = Snake(refusal.Field) })
            : ApiResults.Of(StatusCodes.Status201Created, receipt.Value);
    }

    private static async Task<IResult> RemoveAsync(
        Guid id,
        HttpContext http,
        CommandRunner commands,
        CancellationToken cancellationToken
    )
    {
        var removed = await commands.RunAsync(
            new RemoveOptOuts([id], http.Request.Query["reason"].ToString()),
            CurrentActor.Of(http),
            cancellationToken
        );
        return removed.Error is { } refusal
            ? Problems.Of(refusal with { Field = Snake(refusal.Field) })
            : ApiResults.Ok(removed.Value);
    }

    private static string? Snake(string? field) =>
        field is null ? null : System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(field);
}
