using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Imports;

/// <summary>One row as it will be imported, or what is wrong with it.</summary>
/// <param name="Line">The line it begins on.</param>
/// <param name="Raw">The text of the row.</param>
/// <param name="Values">One value a field, in the order of <see cref="ImportField.All"/>.</param>
/// <param name="Metadata">payment_records.metadata of this row; null when empty.</param>
/// <param name="Column">The source columns at fault; null when there are none.</param>
/// <param name="Reason">What is wrong and what to do; null when the row is good.</param>
public sealed record ParsedRow(
    long Line,
    string Raw,
    IReadOnlyList<object?> Values,
    string? Metadata,
    string? Column,
    string? Reason
);

/// <summary>Applies a mapping to the records of one file.</summary>
internal sealed class RowParser
{
    private readonly ImportKind _kind;
    private readonly FieldReader?[] _readers;
    private readonly List<(string Key, FieldReader Reader)> _metadata = [];
    private readonly FieldConverter _converter;
    private readonly DateOnly _today;

    private RowParser(ImportKind kind, ImportMapping mapping, int shiftDays, DateOnly today)
    {
        _kind = kind;
        _today = today;
        _readers = new FieldReader?[ImportField.All.Count];
        _converter = new FieldConverter(mapping, shiftDays);
    }

    /// <summary>Per field: null when not mapped.</summary>
    public IReadOnlyList<FieldReader?> Readers => _readers;

    /// <summary>Binds the mapping to a header; the error names every fault of the mapping.</summary>
    public static Result<RowParser> Bind(
        ImportKind kind,
        ImportMapping mapping,
        string[] header,
        int shiftDays,
        DateOnly today
    )
    {
        var parser = new RowParser(kind, mapping, shiftDays, today);
        var errors = MappingCheck.Faults(kind, mapping);
        foreach (var (name, source) in mapping.Fields)
        {
            var index = IndexOf(name);
            var reader = FieldReader.Bind(name, source, header);
            if (reader.Error is { } error)
            {
                errors.Add(error);
            }
            else if (index >= 0)
            {
                parser._readers[index] = reader.Value;
            }
        }

        foreach (var (key, source) in mapping.Metadata)
        {
            var reader = FieldReader.Bind(key, source, header);
            if (reader.Error is { } error)
            {
                errors.Add(error);
            }
            else
            {
                parser._metadata.Add((key, reader.Value));
            }
        }

        return errors.Count == 0
            ? parser
            : Error.Invalid(
                errors[0].Field ?? "mapping",
                string.Join(" ", errors.Select(e => e.Message))
            );
    }

    /// <summary>Reads one record.</summary>
    public ParsedRow Parse(CsvRecord record)
    {
        if (record.Problem is { } broken)
        {
            return new ParsedRow(record.Line, record.Raw, [], null, "(row)", $"The row {broken}");
        }

        var values = new object?[_readers.Length];
        List<(string Column, string Reason)>? problems = null;
        for (var i = 0; i < _readers.Length; i++)
        {
            var field = ImportField.All[i];
            if (_readers[i] is not { } reader)
            {
                continue;
            }

            var (value, problem) = ReadField(field, reader, record.Fields);
            values[i] = value;
            if (problem is not null)
            {
                (problems ??= []).Add((reader.Source, problem));
            }
        }

        var metadata = ReadMetadata(record.Fields, ref problems);
        if (problems is null && _kind == ImportKind.Payments)
        {
            CheckPayment(values, ref problems);
        }

        return new ParsedRow(
            record.Line,
            record.Raw,
            values,
            metadata,
            problems is null ? null : string.Join(", ", problems.Select(p => p.Column).Distinct()),
            problems is null ? null : string.Join(" ", problems.Select(p => p.Reason))
        );
    }

    internal static int IndexOf(string field)
    {
        for (var i = 0; i < ImportField.All.Count; i++)
        {
            if (ImportField.All[i].Name == field)
            {
                return i;
            }
        }

        return -1;
    }

    private (object? Value, string? Problem) ReadField(
        ImportField field,
        FieldReader reader,
        string[] record
    )
    {
        var (text, problem) = reader.Read(record);
        if (problem is not null)
        {
            return (null, $"{field.Label}: {problem}");
        }

        if (text is null)
        {
            return field.IsRequired(_kind)
                ? (null, $"{field.Label} is missing. Fill it in or give the mapping a default.")
                : (null, null);
        }

        var (value, fault) = _converter.Convert(field, text, reader.Format);
        return (value, fault is null ? null : $"{field.Label}: {fault}");
    }

    private string? ReadMetadata(string[] record, ref List<(string, string)>? problems)
    {
        if (_metadata.Count == 0)
        {
            return null;
        }

        var document = new JsonObject();
        foreach (var (key, reader) in _metadata)
        {
            var (text, problem) = reader.Read(record);
            if (text is not null && problem is null && reader.Format is not null)
            {
                (var date, problem) = _converter.Date(text, reader.Format);
                text = date is DateOnly day ? day.ToString("yyyy-MM-dd") : null;
            }

            if (problem is not null)
            {
                (problems ??= []).Add((reader.Source, $"{key}: {problem}"));
            }
            else if (text is not null)
            {
                document[key] = text.Replace("\0", string.Empty, StringComparison.Ordinal);
            }
        }

        return document.Count == 0 ? null : document.ToJsonString(JsonShape.Options);
    }

    private void CheckPayment(object?[] values, ref List<(string Column, string Reason)>? problems)
    {
        // A payment that lies in the future has not happened: a shifted ledger is open there.
        if (values[PaidDate] is DateOnly paid && paid > _today)
        {
            values[PaidDate] = null;
        }

        var status = (string?)values[Status];
        if (status == "paid" && values[PaidDate] is null)
        {
            (problems ??= []).Add(
                (
                    _readers[Status]!.Source,
                    "Status: paid, but there is no payment date up to today. Map paid_date or correct the row."
                )
            );
        }

        // Overdue follows from the due date and today, never from what the file says.
        values[Status] = status is "pending" or "overdue" ? "open" : status;
    }

    private static readonly int PaidDate = IndexOf("paid_date");
    private static readonly int Status = IndexOf("status");
}
