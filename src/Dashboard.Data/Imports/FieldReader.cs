using Dashboard.Domain.Results;

namespace Dashboard.Data.Imports;

/// <summary>What was found for one field of one row: its text, or why there is none.</summary>
internal readonly record struct FieldText(string? Text, string? Problem = null);

/// <summary>A <see cref="FieldMapping"/> bound to the columns of one file.</summary>
internal sealed class FieldReader
{
    private readonly Func<string[], string?> _read;
    private readonly FieldMapping _mapping;

    private FieldReader(string source, FieldMapping mapping, Func<string[], string?> read)
    {
        Source = source;
        _mapping = mapping;
        _read = read;
    }

    /// <summary>Names the source in reports: its columns' headers, or "constant".</summary>
    public string Source { get; }

    /// <summary>True when the file itself says it; a constant or pattern only fills what is empty.</summary>
    public bool FromColumn => _mapping.Column is not null;

    /// <summary>The source's own date format.</summary>
    public string? Format => _mapping.Format;

    /// <summary>Binds a mapping to the file's header; the error names the missing column.</summary>
    public static Result<FieldReader> Bind(string field, FieldMapping mapping, string[] header)
    {
        var sources = new[] { mapping.Column, mapping.Constant, mapping.Pattern };
        if (sources.Count(s => s is not null) != 1)
        {
            return Error.Invalid(
                field,
                $"{field}: give exactly one of column, constant and pattern."
            );
        }

        if (mapping.Constant is { } constant)
        {
            return new FieldReader("constant", mapping, _ => constant);
        }

        if (mapping.Column is { } column)
        {
            var index = IndexOf(header, column);
            return index < 0
                ? MissingColumn(field, column, header)
                : new FieldReader(column, mapping, r => r[index]);
        }

        var pattern = PatternText.Parse(mapping.Pattern!, header);
        return pattern.Error is { } error
            ? Error.Invalid(field, $"{field}: {error.Message}")
            : new FieldReader(
                string.Join(", ", pattern.Value.Columns.Select(c => header[c])),
                mapping,
                pattern.Value.Fill
            );
    }

    /// <summary>The row's text for this field after translation and default; null when empty.</summary>
    public FieldText Read(string[] record)
    {
        var text = _read(record)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            text = null;
        }

        if (text is not null && _mapping.Values is { } values)
        {
            if (
                !values.TryGetValue(text, out var translated)
                && !values.TryGetValue("*", out translated)
            )
            {
                return new FieldText(
                    null,
                    $"'{Shorten(text)}' is not among the mapping's values ({string.Join(", ", values.Keys.Take(8))}). Add it there or correct the row."
                );
            }

            text = translated.Length == 0 ? null : translated;
        }

        return new FieldText(text ?? _mapping.Default);
    }

    internal static int IndexOf(string[] header, string column)
    {
        var exact = Array.IndexOf(header, column);
        return exact >= 0
            ? exact
            : Array.FindIndex(
                header,
                h => string.Equals(h.Trim(), column.Trim(), StringComparison.OrdinalIgnoreCase)
            );
    }

    internal static string Shorten(string text) => text.Length <= 60 ? text : text[..59] + "…";

    private static Error MissingColumn(string field, string column, string[] header) =>
        Error.Invalid(
            field,
            $"{field}: the file has no column '{column}'. Its columns are {string.Join(", ", header.Take(30))}."
        );
}
