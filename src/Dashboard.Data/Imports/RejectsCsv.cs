using System.Text;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Imports;

/// <summary>The rejected rows of a run as CSV: the original columns, then line, column and reason.</summary>
public sealed class RejectsCsv(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>
    /// Writes them. The original text stands as it was, so that corrected rows can be imported again with the same mapping
    /// (the three added columns are ignored); a row that cannot be split into fields stands in quotation marks.
    /// </summary>
    /// <returns>False when there is no such run.</returns>
    public async Task<bool> WriteAsync(
        Guid runId,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Set<ImportRun>()
            .AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == runId, cancellationToken);
        if (run is null)
        {
            return false;
        }

        var separator = run.Mapping.Delimiter[0];
        await using var writer = CsvWriter.Create(
            output,
            new CsvWriterOptions { Separator = separator, ValidateFieldCount = false },
            leaveOpen: true
        );
        var header = Split(run.Header, separator);
        await writer.WriteRecordAsync([.. header, "line", "column", "reason"], cancellationToken);
        var rows = db.Set<ImportRejection>()
            .AsNoTracking()
            .Where(r => r.RunId == runId)
            .OrderBy(r => r.Line)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var fields = Split(row.Raw, separator);
            if (fields.Length != header.Length)
            {
                fields = new string[header.Length];
                fields[0] = row.Raw;
            }

            await writer.WriteRecordAsync(
                [.. fields, row.Line.ToString(), row.ColumnName, row.Reason],
                cancellationToken
            );
        }

        await writer.FlushAsync(cancellationToken);
        return true;
    }

    private static string[] Split(string raw, char separator)
    {
        using var reader = CsvReader.Create(
            Encoding.UTF8.GetBytes(raw),
            new CsvReaderOptions { Separator = separator, HasHeader = false }
        );
        return reader.Read() ? reader.Current.ToArray() : [];
    }
}
