using Dashboard.Data.Commands;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Data.Imports;

/// <summary>One run over one file, inside one transaction.</summary>
internal sealed class ImportPass(
    NpgsqlDataSource source,
    IDbContextFactory<DashboardDb> contexts,
    ImportRuns runs,
    ImportRequest request,
    ImportRun run,
    CsvSource file,
    RowParser parser,
    TimeProvider time
)
{
    /// <summary>Two imports at once would wait for each other's rows anyway; this way neither deadlocks.</summary>
    private const long WriteLock = 0x696D706F7274;

    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromMilliseconds(100);

    private readonly RejectionLog _rejections = new(source, run.Id);
    private ImportProgress _progress = new(ImportPhase.Reading, 0, 0, 0, file.BytesTotal);
    private IProgress<ImportProgress>? _listener;
    private long _lastReport;

    /// <summary>The first 100 rejected rows, by line.</summary>
    public IReadOnlyList<RejectedRow> FirstRejections => _rejections.First;

    /// <summary>Reads, checks, writes and commits; <see cref="ImportRun"/> has the figures afterwards.</summary>
    public async Task RunAsync(
        IProgress<ImportProgress>? listener,
        CancellationToken cancellationToken
    )
    {
        _listener = listener;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beat = runs.BeatAsync(run.Id, () => _progress, ended.Token);
        try
        {
            await RunInTransactionAsync(cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await beat;
        }

        Show(ImportPhase.Done);
    }

    private async Task RunInTransactionAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await StageAsync(connection, cancellationToken);
        Show(ImportPhase.Checking);
        await CheckAsync(connection, cancellationToken);
        await _rejections.FlushAsync(cancellationToken);
        Show(ImportPhase.Writing);
        await WriteAsync(connection, cancellationToken);
        run.RowsRead = _progress.RowsRead;
        run.RowsRejected = _rejections.Count;
        run.Status = ImportRunStatus.Completed;
        if (run.DryRun)
        {
            await transaction.RollbackAsync(cancellationToken);
            await runs.FinishAsync(run);
            return;
        }

        AuditSummary(db);
        await runs.FinishAsync(db, run, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task StageAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var staging = await StagingTable.OpenAsync(connection, cancellationToken);
        while (file.Read() is { } record)
        {
            var row = parser.Parse(record);
            if (row.Reason is null)
            {
                await staging.WriteAsync(row, cancellationToken);
            }
            else
            {
                await _rejections.AddAsync(
                    new RejectedRow(row.Line, row.Column!, row.Reason, row.Raw),
                    cancellationToken
                );
            }

            _progress = _progress with { RowsRead = _progress.RowsRead + 1 };
            if (time.GetElapsedTime(_lastReport) > ProgressPeriod)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Show(ImportPhase.Reading);
            }
        }

        await staging.CompleteAsync(cancellationToken);
    }

    private async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            connection,
            $"SELECT pg_advisory_xact_lock({WriteLock})",
            cancellationToken
        );
        var email = Source("email");
        foreach (
            var check in StagedRowChecks.BeforeCustomers(
                request.Kind,
                Source("invoice_number"),
                email
            )
        )
        {
            await RejectAsync(connection, check, cancellationToken);
        }

        await ExecuteAsync(connection, StagedRowChecks.CollectCustomers, cancellationToken);
        foreach (var check in StagedRowChecks.AfterCustomers(email))
        {
            await RejectAsync(connection, check, cancellationToken);
        }

        await ExecuteAsync(connection, StagedRowChecks.ForgetCustomers, cancellationToken);
    }

    private async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var columns = new ImportColumns(parser.Readers, request.Mapping.Metadata.Count > 0);
        var writer = new ImportWriter(
            connection,
            request.Kind,
            columns,
            run.Id,
            request.Actor,
            now
        );
        var written = await writer.WriteAsync(cancellationToken);
        run.CustomersCreated = written.CustomersCreated;
        run.CustomersUpdated = written.CustomersUpdated;
        run.PaymentsCreated = written.PaymentsCreated;
        run.PaymentsUpdated = written.PaymentsUpdated;
    }

    private async Task RejectAsync(
        NpgsqlConnection connection,
        string check,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(check, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            await _rejections.AddAsync(
                new RejectedRow(
                    reader.GetInt64(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetString(3)
                ),
                cancellationToken
            );
        }
    }

    private void AuditSummary(DashboardDb db)
    {
        var trail = new AuditTrail(request.Actor, time.GetUtcNow().UtcDateTime);
        trail.Add(
            "import",
            run.Id,
            "imported",
            metadata: new
            {
                File = run.FileName,
                Mapping = run.MappingName,
                run.RowsRead,
                run.RowsRejected,
                run.CustomersCreated,
                run.CustomersUpdated,
                run.PaymentsCreated,
                run.PaymentsUpdated,
            }
        );
        db.AuditLogs.AddRange(trail.Rows);
    }

    private string Source(string field) =>
        parser.Readers[RowParser.IndexOf(field)]?.Source ?? field;

    private void Show(ImportPhase phase)
    {
        _lastReport = time.GetTimestamp();
        _progress = _progress with
        {
            Phase = phase,
            RowsRejected = _rejections.Count,
            BytesRead = file.BytesRead,
        };
        _listener?.Report(_progress);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
