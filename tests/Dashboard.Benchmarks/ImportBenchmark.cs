using System.Diagnostics;
using Dashboard.Data.Commands;
using Dashboard.Data.Imports;
using Dashboard.Tests.Shared;

namespace Dashboard.Benchmarks;

/// <summary>
/// <c>import [rows]</c>: writes a ledger of that many rows (200,000) to disk, imports it twice, and prints rows per second and
/// the memory at its peak, which must not grow with the file.
/// </summary>
internal static class ImportBenchmark
{
    private const int CustomersEvery = 15;

    private const string Mapping = """
        {"name": "benchmark", "fields": {
          "email": {"pattern": "{customer}@example.invalid"}, "company_name": {"pattern": "Company {customer}"},
          "contact_name": {"constant": "Accounts payable"}, "timezone": {"constant": "America/Denver"},
          "invoice_number": {"column": "invoice"}, "amount": {"column": "amount"}, "currency": {"constant": "USD"},
          "due_date": {"column": "due"}, "paid_date": {"column": "paid"}}}
        """;

    public static async Task RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0]) : 200_000;
        var path = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.CreateVersion7():N}.csv");
        try
        {
            Write(path, rows);
            await using var db = await TestDatabase.CreateAsync();
            var runner = new ImportRunner(db.DataSource, db.Factory, TimeProvider.System);
            Console.WriteLine($"{rows:N0} rows, {new FileInfo(path).Length / 1e6:0.0} MB");
            await ImportAsync("first run", runner, path);
            await ImportAsync("second run", runner, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Write(string path, int rows)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("invoice,customer,amount,due,paid");
        for (var i = 0; i < rows; i++)
        {
            var day = new DateOnly(2026, 1, 1).AddDays(i % 700);
            var paid = i % 5 == 0 ? string.Empty : day.AddDays(12).ToString("yyyy-MM-dd");
            file.WriteLine(
                $"INV-{i:00000000},C{i / CustomersEvery:0000000},{i % 9000}.{i % 100:00},{day:yyyy-MM-dd},{paid}"
            );
        }
    }

    private static async Task ImportAsync(string name, ImportRunner runner, string path)
    {
        var mapping = ImportMapping.Read(Mapping).Value;
        var request = new ImportRequest(
            ImportKind.Payments,
            path,
            "ledger.csv",
            mapping,
            Actor.System("benchmark")
        );
        var watch = Stopwatch.StartNew();
        var report = (await runner.RunAsync(request)).Value;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{name}: {report.RowsRead / watch.Elapsed.TotalSeconds:N0} rows/s, {report.RowsChanged:N0} changed, "
                + $"{report.RowsRejected:N0} rejected, peak memory {process.PeakWorkingSet64 >> 20} MB"
        );
    }
}
