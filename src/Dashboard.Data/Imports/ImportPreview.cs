using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Imports;

/// <summary>The first rows of a file as a mapping would import them.</summary>
/// <param name="Header">The file's columns.</param>
/// <param name="Sample">The first rows as they stand, one text a column.</param>
/// <param name="Rows">The first rows as they would be imported.</param>
/// <param name="ShiftDays">Days that would be added to every date.</param>
/// <param name="Fault">What is wrong with the mapping; null when it fits the file.</param>
public sealed record ImportPreview(
    IReadOnlyList<string> Header,
    IReadOnlyList<IReadOnlyList<string>> Sample,
    IReadOnlyList<ParsedRow> Rows,
    int ShiftDays,
    Error? Fault
);

/// <summary>Makes previews; reads only the rows it shows and writes nothing.</summary>
public sealed class ImportPreviewer(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private readonly ImportRuns _runs = new(contexts, time);

    /// <summary>Reads the first <paramref name="rows"/> rows; the error says why the file cannot be read at all.</summary>
    public async Task<Result<ImportPreview>> ReadAsync(
        string path,
        ImportKind kind,
        ImportMapping mapping,
        int rows,
        CancellationToken cancellationToken = default
    )
    {
        var opened = CsvSource.Open(path, mapping);
        if (opened.Error is { } unreadable)
        {
            return unreadable;
        }

        using var file = opened.Value;
        var records = new List<CsvRecord>();
        while (records.Count < rows && file.Read() is { } record)
        {
            records.Add(record);
        }

        var fault = MappingCheck.Faults(kind, mapping);
        var shift = fault.Exists(f => f.Field == "date_shift")
            ? 0
            : await _runs.ShiftDaysAsync(mapping, cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var parser = RowParser.Bind(kind, mapping, file.Header, shift, today);
        return new ImportPreview(
            file.Header,
            [.. records.Select(r => r.Fields)],
            parser.Succeeded ? [.. records.Select(parser.Value.Parse)] : [],
            shift,
            parser.Error
        );
    }
}
