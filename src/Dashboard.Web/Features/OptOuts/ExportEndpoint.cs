using System.Globalization;
using CsvHelper;
using Dashboard.Data.Operators;
using Dashboard.Domain.Json;
using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>
/// <c>GET /opt-outs/export.csv</c> with the query string of the page: the list as a file, streamed, in the columns the import reads.
/// </summary>
internal static class ExportEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/opt-outs/export.csv", Export)
            .WithMetadata(new AuthorizeAttribute { Roles = Roles.AnyRole });

    private static IResult Export(
        OptOutListQuery list,
        string? state,
        string? channel,
        string? source,
        string? q,
        Guid? customer
    )
    {
        var filter = OptOutFilter.From(state, channel, source, q, customer);
        return Results.Stream(
            output => WriteAsync(list, filter, output),
            "text/csv; charset=utf-8",
            "opt-outs.csv"
        );
    }

    private static async Task WriteAsync(OptOutListQuery list, OptOutFilter filter, Stream output)
    {
        await using var writer = CsvWriter.Create(
            output,
            new CsvWriterOptions { ValidateFieldCount = false },
            leaveOpen: true
        );
        await writer.WriteRecordAsync([
            "customer_id",
            "company",
            "email",
            "channel",
            "reason",
            "since",
            "expires_at",
            "source",
        ]);
        await foreach (var row in list.AllAsync(filter, CancellationToken.None))
        {
            await writer.WriteRecordAsync([
                row.CustomerId.ToString(),
                Plain(row.CompanyName),
                Plain(row.Email),
                row.Channel.ToText(),
                Plain(row.Reason),
                Instant(row.OptedOutAt),
                row.IsHeld ? "" : Instant(row.ExpiresAt),
                Plain(row.Source),
            ]);
        }

        await writer.FlushAsync();
    }

    private static string Instant(DateTime? utc) =>
        utc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A spreadsheet runs what begins like a formula.</summary>
    private static string Plain(string? text) =>
        text is null ? ""
        : text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text
        : text;
}
