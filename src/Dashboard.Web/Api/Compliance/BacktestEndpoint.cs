using Dashboard.Data.Compliance.Backtest;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Operators;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Api.Compliance;

/// <summary>Body of <c>POST /compliance-rules/backtest</c>.</summary>
internal sealed class BacktestBody : JsonDocumentShape
{
    /// <summary>The rule to try; with <c>id</c> a change of a stored one, in which what is left out stays as it is.</summary>
    public RuleBody? Rule { get; set; }

    /// <summary>Instant, inclusive.</summary>
    public string? From { get; set; }

    /// <summary>Instant, exclusive.</summary>
    public string? To { get; set; }
}

/// <summary>
/// <c>POST /compliance-rules/backtest</c>: what a rule would have done in a past period. Nothing is stored; a caller that goes
/// away ends the run.
/// </summary>
internal static class BacktestEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapBacktest(this RouteGroupBuilder api) =>
        api.MapPost("/compliance-rules/backtest", RunAsync)
            .Accepts<BacktestBody>("application/json")
            .Produces<BacktestReport>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithTags("Compliance rules")
            .WithSummary("What a rule would have done in a past period.")
            .For(Roles.ComplianceOfficers);

    private static async Task<IResult> RunAsync(
        HttpRequest http,
        RuleListQuery rules,
        BacktestRunner runner,
        CancellationToken cancellationToken
    )
    {
        var read = await ApiBody.ReadAsync<BacktestBody>(http, cancellationToken);
        if (read.Error is { } unreadable)
        {
            return Problems.Of(unreadable);
        }

        var body = read.Value;
        var fields = new FieldReader();
        var known = new RuleDraft { Name = "Draft" };
        if (body.Rule is null)
        {
            fields.Fault(
                "rule",
                "is missing: give {condition, action}, or the id of a stored rule."
            );
        }
        else if (body.Rule.Id is { } id)
        {
            if (await rules.FindAsync(id, cancellationToken) is not { } row)
            {
                return Problems.Of(
                    Error.NotFound($"There is no rule {id}.") with
                    {
                        Field = "rule.id",
                    }
                );
            }

            known = row.Rule;
        }

        var draft = body.Rule?.Over(known, fields, "rule.");
        var (from, to) = (fields.Instant("from", body.From), fields.Instant("to", body.To));
        if (fields.Faults.Count > 0)
        {
            return Problems.Of(fields.Faults);
        }

        var report = await runner.RunAsync(
            new BacktestRequest(draft!, from, to),
            cancellationToken: cancellationToken
        );
        return report.Error is { } refusal
            ? Problems.Of(
                refusal.Field?.StartsWith("condition", StringComparison.Ordinal) == true
                    ? refusal with
                    {
                        Field = $"rule.{refusal.Field}",
                    }
                    : refusal
            )
            : ApiResults.Ok(report.Value);
    }
}
