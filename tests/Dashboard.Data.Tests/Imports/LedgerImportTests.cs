using Dashboard.Data.Commands;
using Dashboard.Data.Imports;
using Dashboard.Domain.Payments;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Imports;

/// <summary>The real ledger, through the code that the command line and the page share.</summary>
public sealed class LedgerImportTests : IAsyncLifetime
{
    private static readonly DateTime Monday = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private TestDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task The_ledger_brings_100_customers_and_2466_invoices_and_a_second_run_changes_nothing()
    {
        var first = await ImportAsync(LedgerFiles.Ledger, Monday);

        Assert.Equal((2466, 0), (first.RowsRead, first.RowsRejected));
        Assert.Equal((100, 2466), (first.CustomersCreated, first.PaymentsCreated));
        Assert.Equal(2466 + 100 + 100 + 1, await AuditRowsAsync());
        var updated = await LastUpdateAsync();
        var overdue = await _db.ReadAsync(d =>
            d.PaymentRecords.CountAsync(p => p.Status == PaymentStatus.Overdue)
        );
        Assert.Equal(7, overdue);

        var second = await ImportAsync(LedgerFiles.Ledger, Monday);

        Assert.Equal(0, second.RowsChanged);
        Assert.Equal(updated, await LastUpdateAsync());
        Assert.Equal(2466 + 100 + 100 + 2, await AuditRowsAsync());
    }

    [Fact]
    public async Task A_week_later_dates_stay_and_only_time_itself_changes_invoices()
    {
        await ImportAsync(LedgerFiles.Ledger, Monday);
        var due = await DueDatesAsync();

        var later = await ImportAsync(LedgerFiles.Ledger, Monday.AddDays(7));

        Assert.Equal(due, await DueDatesAsync());
        Assert.Equal(0, later.CustomersUpdated);
        Assert.InRange(later.PaymentsUpdated, 1, 82);
    }

    [Fact]
    public async Task Of_a_ledger_with_ten_broken_rows_exactly_those_are_rejected()
    {
        var lines = await File.ReadAllLinesAsync(LedgerFiles.Ledger);
        var broken = Break(lines);
        using var file = new ScratchFile(lines);
        var rejects = Path.ChangeExtension(file.Path, ".rejects.csv");

        var report = await ImportAsync(file.Path, Monday, rejects: rejects);

        Assert.Equal(broken.Keys.Order(), report.FirstRejections.Select(r => (int)r.Line));
        foreach (var row in report.FirstRejections)
        {
            Assert.Equal(broken[(int)row.Line], row.Column);
            Assert.Equal(lines[row.Line - 1], row.Raw);
            Assert.EndsWith(".", row.Reason);
        }

        Assert.Equal(2456, report.PaymentsCreated);
        var csv = await File.ReadAllLinesAsync(rejects);
        File.Delete(rejects);
        Assert.Equal(11, csv.Length);
        Assert.Equal($"{lines[0]},line,column,reason", csv[0]);
        Assert.StartsWith($"{lines[11]},12,InvoiceAmount,", csv[1]);
    }

    [Fact]
    public async Task A_dry_run_counts_everything_and_changes_nothing()
    {
        var report = await ImportAsync(LedgerFiles.Ledger, Monday, dryRun: true);

        Assert.Equal((100, 2466), (report.CustomersCreated, report.PaymentsCreated));
        Assert.Equal(0, await _db.ReadAsync(d => d.Customers.CountAsync()));
        Assert.Equal(0, await AuditRowsAsync());
        var run = await _db.ReadAsync(d => d.Set<ImportRun>().SingleAsync());
        Assert.Equal((ImportRunStatus.Completed, true), (run.Status, run.DryRun));
    }

    [Fact]
    public async Task A_cancelled_import_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAt(stop, ImportPhase.Writing);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Runner(Monday).RunAsync(Request(LedgerFiles.Ledger), progress, stop.Token)
        );

        Assert.Equal(0, await _db.ReadAsync(d => d.Customers.CountAsync()));
        var run = await _db.ReadAsync(d => d.Set<ImportRun>().SingleAsync());
        Assert.Equal(ImportRunStatus.Cancelled, run.Status);
    }

    /// <summary>Ten faults of ten kinds: line → the column that the report must name.</summary>
    private static Dictionary<int, string> Break(string[] lines)
    {
        var named = new Dictionary<int, string>();
        Edit(12, "InvoiceAmount", f => f[6] = "abc");
        Edit(102, "DueDate", f => f[5] = "13/45/2013");
        Edit(202, "customerID", f => f[1] = string.Empty);
        Edit(302, "invoiceNumber", f => f[3] = lines[6].Split(',')[3]);
        Edit(402, "(row)", f => f[11] += ",surplus");
        Edit(502, "(row)", f => f[1] = "\"" + f[1]);
        Edit(602, "Disputed", f => f[7] = "Maybe");
        Edit(702, "InvoiceAmount", f => f[6] = "-5.00");
        Edit(802, "countryCode", f => f[0] = "999");
        Edit(902, "invoiceNumber", f => f[3] = new string('7', 101));
        return named;

        void Edit(int line, string column, Action<string[]> change)
        {
            var fields = lines[line - 1].Split(',');
            change(fields);
            lines[line - 1] = string.Join(',', fields);
            named[line] = column;
        }
    }

    private static ImportRequest Request(
        string path,
        bool dryRun = false,
        string? rejects = null
    ) =>
        new(
            ImportKind.Payments,
            path,
            Path.GetFileName(path),
            LedgerFiles.Mapping(),
            Actor.System("import"),
            dryRun,
            rejects
        );

    private ImportRunner Runner(DateTime now) =>
        new(_db.DataSource, _db.Factory, new TestClock(now));

    private async Task<ImportReport> ImportAsync(
        string path,
        DateTime now,
        bool dryRun = false,
        string? rejects = null
    ) => (await Runner(now).RunAsync(Request(path, dryRun, rejects))).Value;

    private Task<int> AuditRowsAsync() => _db.ReadAsync(d => d.AuditLogs.CountAsync());

    private Task<DateTime> LastUpdateAsync() =>
        _db.ReadAsync(d => d.PaymentRecords.MaxAsync(p => p.UpdatedAt));

    private Task<List<DateOnly>> DueDatesAsync() =>
        _db.ReadAsync(d =>
            d.PaymentRecords.OrderBy(p => p.InvoiceNumber).Select(p => p.DueDate).ToListAsync()
        );

    private sealed class StopAt(CancellationTokenSource stop, ImportPhase phase)
        : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Phase == phase)
            {
                stop.Cancel();
            }
        }
    }
}
