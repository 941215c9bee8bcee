using System.Text.Json;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Imports;

/// <summary>What a file holds.</summary>
public enum ImportKind
{
    /// <summary>One customer a row.</summary>
    Customers,

    /// <summary>One invoice a row; customers that do not exist yet are created from the same rows.</summary>
    Payments,
}

/// <summary>
/// How a CSV file becomes customers and invoices: the JSON document of <c>--mapping</c> and of the mapping page.
/// Keys are described one by one in <c>samples/README.md</c>.
/// </summary>
public sealed class ImportMapping : JsonDocumentShape
{
    /// <summary>The version of this document's format that this program reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Format version; 1.</summary>
    public int Version { get; set; } = CurrentVersion;

    /// <summary>Names the mapping; a remembered date shift belongs to it.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>For people.</summary>
    public string? Description { get; set; }

    /// <summary>Field separator, one character (<c>,</c> by default).</summary>
    public string Delimiter { get; set; } = ",";

    /// <summary><c>utf-8</c> (default), <c>latin1</c> or <c>utf-16</c>; a byte order mark wins.</summary>
    public string Encoding { get; set; } = "utf-8";

    /// <summary><c>.</c> or <c>,</c>; the other one may group thousands.</summary>
    public string DecimalSeparator { get; set; } = ".";

    /// <summary>.NET date format of every date without its own, e.g. <c>M/d/yyyy</c>; ISO dates by default.</summary>
    public string DateFormat { get; set; } = "yyyy-MM-dd";

    /// <summary>Target field (see <see cref="ImportField"/>) → where it comes from.</summary>
    public Dictionary<string, FieldMapping> Fields { get; set; } = [];

    /// <summary>Key in <c>payment_records.metadata</c> → where it comes from; one with a format is a date.</summary>
    public Dictionary<string, FieldMapping> Metadata { get; set; } = [];

    /// <summary>Moves every date of the file.</summary>
    public DateShift? DateShift { get; set; }

    /// <summary>Reads the document; the error names the line or the key at fault.</summary>
    public static Result<ImportMapping> Read(string json)
    {
        try
        {
            var mapping = JsonShape.Read<ImportMapping>(json);
            var unknown =
                UnknownKey(mapping, "the mapping")
                ?? UnknownKey(mapping.DateShift, "date_shift")
                ?? mapping
                    .Fields.Concat(mapping.Metadata)
                    .Select(f => UnknownKey(f.Value, f.Key))
                    .FirstOrDefault(e => e is not null);
            return unknown is null ? mapping : unknown;
        }
        catch (JsonException e)
        {
            return Error.Invalid(
                "mapping",
                $"The mapping is not valid JSON at line {e.LineNumber + 1}: {e.Message}"
            );
        }
    }

    private static Error? UnknownKey(JsonDocumentShape? shape, string where) =>
        shape?.Extra is { Count: > 0 } extra
            ? Error.Invalid(
                "mapping",
                $"Unknown key '{extra.Keys.First()}' in {where}. Correct its spelling or remove it."
            )
            : null;
}

/// <summary>Where one value comes from: exactly one of column, constant and pattern.</summary>
public sealed class FieldMapping : JsonDocumentShape
{
    /// <summary>A column of the file, by its header.</summary>
    public string? Column { get; set; }

    /// <summary>The same text for every row.</summary>
    public string? Constant { get; set; }

    /// <summary>Text with <c>{column}</c> in it, e.g. <c>{customerID}@example.invalid</c>.</summary>
    public string? Pattern { get; set; }

    /// <summary>.NET date format, for dates.</summary>
    public string? Format { get; set; }

    /// <summary>Translates the file's words; a word that is not here is rejected unless <c>*</c> is.</summary>
    public Dictionary<string, string>? Values { get; set; }

    /// <summary>Used when the value is empty.</summary>
    public string? Default { get; set; }
}

/// <summary>Makes a past ledger a current one: by a number of days, or so that one day becomes another.</summary>
public sealed class DateShift : JsonDocumentShape
{
    /// <summary>Days to add; negative moves back.</summary>
    public int? Days { get; set; }

    /// <summary>The day of the file that becomes <see cref="To"/>.</summary>
    public DateOnly? Align { get; set; }

    /// <summary>
    /// <c>today</c> or a date. With <c>today</c> the number of days is worked out by the first import and kept for later
    /// ones with the same mapping name and <see cref="Align"/>, so that importing again tomorrow does not move every date.
    /// </summary>
    public string? To { get; set; }
}
