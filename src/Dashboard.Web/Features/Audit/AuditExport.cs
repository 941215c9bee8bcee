using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using CsvHelper;
using Dashboard.Data;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Json;
using Dashboard.Web.Features.Audit.Commands;
using Dashboard.Web.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.Audit;

/// <summary>Streams every event that a filter matches, newest first and without a limit; memory does not grow with it.</summary>
public sealed class AuditExport(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private static readonly string[] s_headings =
    [
        "timestamp_utc",
        "id",
        "entity_type",
        "entity_id",
        "action",
        "actor_type",
        "actor_id",
        "changes",
        "metadata",
        "ip_address",
        "user_agent",
    ];

    /// <summary>Writes CSV (UTF-8, comma, a heading).</summary>
    public async Task CsvAsync(
        AuditFilter filter,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        await using var csv = CsvWriter.Create(
            output,
            new CsvWriterOptions { Separator = ',' },
            leaveOpen: true
        );
        await csv.WriteRecordAsync(s_headings, cancellationToken);
        await foreach (var entry in EventsAsync(filter, cancellationToken))
        {
            await csv.WriteRecordAsync([.. Cells(entry).Select(Harmless)], cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    /// <summary>Writes one JSON array of objects with the columns' names.</summary>
    public async Task JsonAsync(
        AuditFilter filter,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        // The serializer flushes its writer after each value; into a pipe that costs nothing and never blocks a thread.
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(pipe);
        json.WriteStartArray();
        await foreach (var entry in EventsAsync(filter, cancellationToken))
        {
            JsonSerializer.Serialize(
                json,
                new
                {
                    Timestamp = entry.At,
                    entry.Id,
                    entry.EntityType,
                    entry.EntityId,
                    entry.Action,
                    ActorType = entry.ActorType?.ToText(),
                    entry.ActorId,
                    entry.Changes,
                    entry.Metadata,
                    entry.IpAddress,
                    entry.UserAgent,
                },
                JsonShape.Options
            );
            if (pipe.UnflushedBytes > 32_768)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }

    private async IAsyncEnumerable<AuditEvent> EventsAsync(
        AuditFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var sql = new AuditListSql(filter, time.GetUtcNow().UtcDateTime);
        await using var command = new NpgsqlCommand(
            sql.All,
            (NpgsqlConnection)db.Database.GetDbConnection()
        )
        {
            CommandTimeout = 0,
        };
        command.Parameters.AddRange(sql.Parameters.Select(p => p.Clone()).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return AuditEvent.Read(reader);
        }
    }

    /// <summary>A cell that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    private static string Harmless(string? cell) =>
        cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell ?? "";

    private static IEnumerable<string?> Cells(AuditEvent entry) =>
        [
            entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            entry.Id.ToString(),
            entry.EntityType,
            entry.EntityId.ToString(),
            entry.Action,
            entry.ActorType?.ToText(),
            entry.ActorId,
            entry.Changes?.GetRawText(),
            entry.Metadata?.GetRawText(),
            entry.IpAddress,
            entry.UserAgent,
        ];
}

/// <summary><c>GET /audit/export.csv</c> and <c>GET /audit/export.json</c> with the filter of the page.</summary>
internal static class AuditExportEndpoints
{
    public static IEndpointRouteBuilder MapAuditExport(this IEndpointRouteBuilder app)
    {
        foreach (var format in new[] { "csv", "json" })
        {
            app.MapGet(
                    $"/audit/export.{format}",
                    (
                        HttpContext http,
                        [AsParameters] AuditParameters query,
                        [FromServices] AuditExport export,
                        [FromServices] CommandRunner commands
                    ) => ExportAsync(http, query, format, export, commands)
                )
                .WithMetadata(new AuthorizeAttribute { Roles = Roles.ComplianceOfficers });
        }

        return app;
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http,
        AuditParameters query,
        string format,
        AuditExport export,
        CommandRunner commands
    )
    {
        var filter = AuditFilter.Of(query);
        var noted = await commands.RunAsync(
            new NoteAuditExport(format, filter.ToQuery()),
            CurrentActor.Of(http),
            http.RequestAborted
        );
        return noted.Error is { } error
            ? Results.Problem(error.Message, statusCode: StatusCodes.Status403Forbidden)
            : Results.Stream(
                output =>
                    format == "csv"
                        ? export.CsvAsync(filter, output, http.RequestAborted)
                        : export.JsonAsync(filter, output, http.RequestAborted),
                format == "csv" ? "text/csv; charset=utf-8" : "application/json",
                $"audit-log.{format}"
            );
    }
}
