using Dashboard.Data.Commands;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Operators;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;
using Dashboard.Web.Identity;

namespace Dashboard.Web.Api.Compliance;

/// <summary><c>GET/POST/PATCH /compliance-rules</c> (contracts.md, "HTTP API").</summary>
internal static class RuleEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapRules(this RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/compliance-rules").WithTags("Compliance rules");
        rules
            .MapGet("", ListAsync)
            .Produces<KeysetPage<RuleAnswer>>()
            .WithSummary("Rules by name, with their sentence.");
        rules.MapGet("/{id:guid}", FindAsync).Produces<RuleAnswer>();
        rules
            .MapPost("", CreateAsync)
            .Accepts<RuleBody>("application/json")
            .Produces<RuleAnswer>(StatusCodes.Status201Created)
            .Produces<WaitingAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("A new rule; 202 when it waits for approval or for its time.")
            .For(Roles.ComplianceOfficers);
        rules
            .MapPatch("/{id:guid}", ChangeAsync)
            .Accepts<RuleBody>("application/json")
            .Produces<RuleAnswer>()
            .Produces<WaitingAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary(
                "Changes what the body names; 409 when updated_at is not the present version."
            )
            .For(Roles.ComplianceOfficers);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest http,
        RuleListQuery rules,
        CancellationToken cancellationToken
    )
    {
        var keyset = Keyset.Read(http);
        if (keyset.Error is { } fault)
        {
            return Problems.Of(fault);
        }

        var last = Guid.Empty;
        if (keyset.Value.After is { } after && !Guid.TryParse(after, out last))
        {
            return Problems.Of(
                Error.Invalid("after", $"after is '{after}': use the 'next' of the page before.")
            );
        }

        // Rules are few: the list is read as a whole and cut here, in the order of ids, which are the keys.
        var rows = (await rules.ListAsync(cancellationToken))
            .Where(r => r.Id.CompareTo(last) > 0)
            .OrderBy(r => r.Id)
            .Take(keyset.Value.Limit + 1)
            .Select(RuleAnswer.Of)
            .ToList();
        return ApiResults.Ok(keyset.Value.Page(rows, r => r.Id.ToString()));
    }

    private static async Task<IResult> FindAsync(
        Guid id,
        RuleListQuery rules,
        CancellationToken cancellationToken
    ) =>
        await rules.FindAsync(id, cancellationToken) is { } row
            ? ApiResults.Ok(RuleAnswer.Of(row))
            : Missing(id);

    private static Task<IResult> CreateAsync(
        HttpContext http,
        [AsParameters] RuleDoor door,
        CancellationToken cancellationToken
    ) => SaveAsync(http, new RuleDraft(), door, cancellationToken);

    private static async Task<IResult> ChangeAsync(
        Guid id,
        HttpContext http,
        [AsParameters] RuleDoor door,
        CancellationToken cancellationToken
    ) =>
        await door.Rules.FindAsync(id, cancellationToken) is { } row
            ? await SaveAsync(http, row.Rule, door, cancellationToken)
            : Missing(id);

    private static async Task<IResult> SaveAsync(
        HttpContext http,
        RuleDraft known,
        RuleDoor door,
        CancellationToken cancellationToken
    )
    {
        var body = await ApiBody.ReadAsync<RuleBody>(http.Request, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return Problems.Of(unreadable);
        }

        var fields = new FieldReader();
        var draft = body.Value.Over(known, fields);
        var activatesAt = fields.OptionalInstant("activates_at", body.Value.ActivatesAt);
        var faults =
            fields.Faults.Count > 0
                ? fields.Faults
                : (await door.Check.CheckAsync(draft, cancellationToken)).Faults;
        if (faults.Count > 0)
        {
            return Problems.Of(faults);
        }

        var saved = await door.Commands.RunAsync(
            new SaveRule(draft, body.Value.Note, activatesAt),
            CurrentActor.Of(http),
            cancellationToken
        );
        if (saved.Error is { } refusal)
        {
            return Problems.Of(refusal);
        }

        return await AnswerAsync(saved.Value, known.RuleId, door.Rules, cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(
        RuleChangeOutcome outcome,
        Guid? known,
        RuleListQuery rules,
        CancellationToken cancellationToken
    )
    {
        if (
            outcome.Progress
            is RuleChangeProgress.WaitsForApproval
                or RuleChangeProgress.WaitsForTime
        )
        {
            return ApiResults.Of(
                StatusCodes.Status202Accepted,
                new WaitingAnswer(outcome.Progress, outcome.ChangeId, outcome.ActivatesAt)
            );
        }

        var id = outcome.RuleIds.Count > 0 ? outcome.RuleIds[0] : known;
        return id is { } key && await rules.FindAsync(key, cancellationToken) is { } row
            ? ApiResults.Of(
                known is null ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                RuleAnswer.Of(row)
            )
            : Missing(id ?? Guid.Empty);
    }

    private static IResult Missing(Guid id) =>
        Problems.Of(Error.NotFound($"There is no rule {id}."));

    /// <summary>What saving needs.</summary>
    private readonly record struct RuleDoor(
        RuleListQuery Rules,
        RuleCheckQuery Check,
        CommandRunner Commands
    );
}
