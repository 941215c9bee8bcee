using System.Globalization;
using CsvHelper;
using Dashboard.Data.Operators;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Web.Features.Customers.Reach;

/// <summary>
/// <c>GET /customers/reach.csv</c> with the query string of the page: a line for each customer of the list with the gate's answer
/// for each channel, judged anew for the instant that is written beside it; streamed.
/// </summary>
internal static class ReachEndpoint
{
    private static readonly Channel[] s_channels = [Channel.Phone, Channel.Email, Channel.Sms];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/customers/reach.csv", Export)
            .WithMetadata(new AuthorizeAttribute { Roles = Roles.AnyRole });

    private static IResult Export(
        ReachQuery query,
        string? risk,
        string? age,
        bool? overdue,
        bool? dnc,
        [FromQuery(Name = "opted_out")] bool? optedOut,
        string? zone,
        string? tag,
        string? q,
        CancellationToken cancellationToken
    )
    {
        var filter = CustomerListFilter.From(
            new CustomerListParameters(risk, age, overdue, dnc, optedOut, zone, tag, q)
        );
        return Results.Stream(
            output => WriteAsync(query, filter, output, cancellationToken),
            "text/csv; charset=utf-8",
            "customers-reachable.csv"
        );
    }

    private static async Task WriteAsync(
        ReachQuery query,
        CustomerListFilter filter,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        await using var writer = CsvWriter.Create(
            output,
            new CsvWriterOptions { ValidateFieldCount = false },
            leaveOpen: true
        );
        string[] headings =
        [
            "customer_id",
            "evaluated_at",
            .. s_channels.SelectMany(c =>
                new[] { c.ToText(), $"{c.ToText()}_next_allowed_at", $"{c.ToText()}_rule" }
            ),
        ];
        await writer.WriteRecordAsync(headings, cancellationToken);
        await foreach (var batch in query.WalkAsync(filter, cancellationToken))
        {
            foreach (var customer in batch.Customers)
            {
                await writer.WriteRecordAsync(Cells(customer, batch.At), cancellationToken);
            }
        }

        await writer.FlushAsync(cancellationToken);
    }

    private static string[] Cells(CustomerReach customer, DateTime at) =>
        [
            customer.Id.ToString(),
            Instant(at),
            .. s_channels
                .Select(c => customer.Answers.First(a => a.Channel == c))
                .SelectMany(a => new[] { a.Word, Instant(a.NextAllowedAt), Plain(a.Rule) }),
        ];

    private static string Instant(DateTime? utc) =>
        utc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A spreadsheet runs what begins like a formula, and people name rules as they like.</summary>
    private static string Plain(string? text) =>
        text is null ? ""
        : text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text
        : text;
}
