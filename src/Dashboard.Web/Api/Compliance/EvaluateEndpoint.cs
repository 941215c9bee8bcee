using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Api.Compliance;

/// <summary>
/// <c>POST /compliance/evaluate</c>: the gate, without effect. Nothing is stored or sent; whether a contact really happens is
/// decided when it is reserved.
/// </summary>
internal static class EvaluateEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapEvaluate(this RouteGroupBuilder api) =>
        api.MapPost("/compliance/evaluate", RunAsync)
            .Accepts<EvaluateRequest>("application/json")
            .Produces<EvaluateResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithTags("Compliance")
            .WithSummary("Asks the gate about one contact. Nothing is stored.");

    private static async Task<IResult> RunAsync(
        HttpRequest http,
        EvaluateQuery stored,
        CancellationToken cancellationToken
    )
    {
        var read = await ApiBody.ReadAsync<EvaluateRequest>(http, cancellationToken);
        if (read.Error is { } unreadable)
        {
            return Problems.Of(unreadable);
        }

        var body = read.Value;
        var fields = new FieldReader();
        var reader = new EvaluateReader(fields);
        if (body.Request is null)
        {
            fields.Fault(
                "request",
                "is missing: say what is about to be sent, {channel, at, debt}."
            );
        }

        if (body.Customer is null == body.CustomerId is null)
        {
            fields.Fault("customer", "or customer_id must be given, one of the two.");
        }

        var request = body.Request is null ? null : reader.Request(body.Request);
        var given = body.Customer is null ? null : reader.Facts(body.Customer, body.History);
        var rules = body.Rules is { ValueKind: not JsonValueKind.Null } rows
            ? RuleSet.Compile(reader.Rules(rows, body.Extra?.GetValueOrDefault("rule_params")))
            : null;
        if (fields.Faults.Count > 0)
        {
            return Problems.Of(fields.Faults);
        }

        var (facts, needed) = (given, request!);
        if (rules is null || body.CustomerId is not null)
        {
            var known = await stored.RunAsync(body.CustomerId, cancellationToken);
            rules ??= known.Rules;
            if (known.Customer is { IsDeleted: false } customer)
            {
                facts = customer.Facts;
                needed = needed.Debts.Count > 0 ? needed : needed with { Debts = customer.Debts };
            }
        }

        return facts is null
            ? Problems.Of(
                Error.NotFound($"There is no customer {body.CustomerId}.") with
                {
                    Field = "customer_id",
                }
            )
            : Results.Json(
                Answer(ComplianceGate.Evaluate(facts, rules, needed)),
                JsonShape.Options
            );
    }

    private static EvaluateResponse Answer(GateDecision decision) =>
        new(
            decision.Verdict.ToText(),
            decision.NextAllowedAt,
            EvaluateFinding.Of(decision.Findings)
        );
}
