using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Data.Imports;

/// <summary>
/// Imports one CSV file, for the command line and the page alike: stream → check each row → COPY into a staging table →
/// set-based upsert, in one transaction. Nothing is ever half written; a second run of the same file changes nothing.
/// </summary>
public sealed class ImportRunner(
    NpgsqlDataSource source,
    IDbContextFactory<DashboardDb> contexts,
    TimeProvider time
)
{
    private readonly ImportRuns _runs = new(contexts, time);

    /// <summary>
    /// Runs the import. An error value says what is wrong with the request, the mapping or the file as a whole; rejected
    /// rows are part of the report. Throws <see cref="OperationCanceledException"/> when cancelled: nothing was written.
    /// </summary>
    public async Task<Result<ImportReport>> RunAsync(
        ImportRequest request,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (!request.Actor.HasAnyRole(Roles.CollectionsManagers))
        {
            const string Refusal =
                "Your roles do not allow imports. It takes a collections manager or an administrator.";
            await _runs.AuditRefusalAsync(request, Refusal);
            return Error.Forbidden(Refusal);
        }

        if (MappingCheck.Faults(request.Kind, request.Mapping) is [var first, ..] faults)
        {
            return Error.Invalid(first.Field!, string.Join(" ", faults.Select(f => f.Message)));
        }

        var opened = CsvSource.Open(request.Path, request.Mapping);
        if (opened.Error is { } unreadable)
        {
            return unreadable;
        }

        using var file = opened.Value;
        var shift = await _runs.ShiftDaysAsync(request.Mapping, cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var parser = RowParser.Bind(request.Kind, request.Mapping, file.Header, shift, today);
        if (parser.Error is { } unfit)
        {
            return unfit;
        }

        var run = await _runs.StartAsync(request, file.RawHeader, shift, cancellationToken);
        var import = new ImportPass(
            source,
            contexts,
            _runs,
            request,
            run,
            file,
            parser.Value,
            time
        );
        var started = time.GetTimestamp();
        try
        {
            await import.RunAsync(progress, cancellationToken);
        }
        catch (Exception failure)
        {
            run.Status =
                failure is OperationCanceledException
                    ? ImportRunStatus.Cancelled
                    : ImportRunStatus.Failed;
            run.Failure = failure is OperationCanceledException ? null : failure.Message;
            await _runs.FinishAsync(run);
            throw;
        }

        if (request.RejectsPath is { } rejects)
        {
            await using var output = File.Create(rejects);
            await new RejectsCsv(contexts).WriteAsync(run.Id, output, cancellationToken);
        }

        return Report(run, import.FirstRejections, time.GetElapsedTime(started));
    }

    private static ImportReport Report(
        ImportRun run,
        IReadOnlyList<RejectedRow> first,
        TimeSpan elapsed
    ) =>
        new(
            run.Id,
            run.DryRun,
            run.RowsRead,
            run.RowsRejected,
            run.CustomersCreated,
            run.CustomersUpdated,
            run.PaymentsCreated,
            run.PaymentsUpdated,
            run.ShiftDays,
            elapsed,
            first
        );
}
