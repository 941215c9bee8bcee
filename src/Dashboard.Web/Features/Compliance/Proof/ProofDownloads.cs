using Dashboard.Data.Compliance.Proof;
using Dashboard.Data.Operators;
using Dashboard.Domain.Json;
using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Web.Features.Compliance.Proof;

/// <summary><c>GET /proof/{id}/report.csv</c> and <c>report.json</c>: a proof to keep and to hand on, streamed.</summary>
internal static class ProofDownloads
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/proof/{id:guid}/report.csv", CsvAsync)
            .WithMetadata(new AuthorizeAttribute { Roles = Roles.AnyRole });
        app.MapGet("/proof/{id:guid}/report.json", JsonAsync)
            .WithMetadata(new AuthorizeAttribute { Roles = Roles.AnyRole });
    }

    private static async Task<IResult> JsonAsync(Guid id, ProofQuery query, CancellationToken ct)
    {
        if (await query.FindAsync(id, ct) is not { } run)
        {
            return Results.NotFound();
        }

        var report = await query.ReportAsync(id, ct);
        var document = new
        {
            run.Id,
            Sentence = ProofWording.Headline(run),
            Warning = ProofWording.Warning(run),
            PeriodFrom = run.From,
            PeriodTo = run.To,
            run.Status,
            RequestedBy = run.By,
            run.StartedAt,
            run.FinishedAt,
            ContactsChecked = run.Checked,
            run.Violations,
            run.Planted,
            PlantedFound = run.Found,
            Report = report,
        };
        return Results.Stream(
            output =>
                System.Text.Json.JsonSerializer.SerializeAsync(
                    output,
                    document,
                    JsonShape.Options,
                    ct
                ),
            "application/json",
            $"proof-{run.To:yyyy-MM-dd}-{id:N}.json"
        );
    }

    private static async Task<IResult> CsvAsync(Guid id, ProofQuery query, CancellationToken ct)
    {
        if (await query.FindAsync(id, ct) is not { } run)
        {
            return Results.NotFound();
        }

        var report = await query.ReportAsync(id, ct) ?? new ProofReport();
        return Results.Stream(
            output => ProofCsv.WriteAsync(report, output, ct),
            "text/csv; charset=utf-8",
            $"proof-{run.To:yyyy-MM-dd}-{id:N}.csv"
        );
    }
}
