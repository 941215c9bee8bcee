using System.Globalization;

namespace Dashboard.Data.Imports;

/// <summary>Turns a field's text into its value, or says in one sentence what is wrong and what to do.</summary>
internal sealed class FieldConverter(ImportMapping mapping, int shiftDays)
{
    /// <summary>The largest amount that NUMERIC(12,2) holds.</summary>
    private const decimal LargestAmount = 9_999_999_999.99m;

    private readonly Dictionary<string, string?> _zones = new(StringComparer.Ordinal);
    private readonly char _decimal = mapping.DecimalSeparator == "," ? ',' : '.';

    /// <summary>The value, or a problem.</summary>
    public (object? Value, string? Problem) Convert(ImportField field, string text, string? format)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return (null, "holds a NUL character, which no database stores. Remove it.");
        }

        if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return (
                null,
                $"'{FieldReader.Shorten(text)}' is not readable as {mapping.Encoding}. Set the mapping's encoding to the file's."
            );
        }

        return field.Type switch
        {
            ImportFieldType.Text => Limited(text, field.MaxLength),
            ImportFieldType.Email => Email(text),
            ImportFieldType.TimeZone => Zone(text),
            ImportFieldType.Word => Word(text, field.Words!),
            ImportFieldType.List => (
                text.Split(
                    ';',
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                ),
                null
            ),
            ImportFieldType.Flag => Flag(text),
            ImportFieldType.Time => Time(text),
            ImportFieldType.Date => Date(text, format),
            ImportFieldType.Money => Money(text),
            ImportFieldType.Currency => Currency(text),
            _ => throw new InvalidOperationException($"No conversion for {field.Type}."),
        };
    }

    /// <summary>A date in the given format, shifted.</summary>
    public (object? Value, string? Problem) Date(string text, string? format)
    {
        format ??= mapping.DateFormat;
        if (
            !DateOnly.TryParseExact(
                text,
                format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return (
                null,
                $"'{FieldReader.Shorten(text)}' is not a date in the format {format}. Correct it or the mapping's format."
            );
        }

        var shifted = (long)date.DayNumber + shiftDays;
        return
            shifted < DateOnly.MinValue.DayNumber
            || shifted > DateOnly.MaxValue.DayNumber
            || date.Year < 1900
            ? (null, $"'{text}' is not a date a ledger can hold. Correct it.")
            : (DateOnly.FromDayNumber((int)shifted), null);
    }

    private static (object?, string?) Limited(string text, int max) =>
        text.Length <= max
            ? (text, null)
            : (null, $"has {text.Length} characters; at most {max} fit. Shorten it.");

    private static (object?, string?) Email(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var valid =
            at > 0
            && at == text.LastIndexOf('@')
            && at < text.Length - 1
            && !text.Any(c =>
                char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>'
            )
            && text[^1] != '.'
            && text[at + 1] != '.';
        return !valid
                ? (null, $"'{FieldReader.Shorten(text)}' is not one e-mail address. Correct it.")
            : text.Length > 255 ? Limited(text, 255)
            : (text.ToLowerInvariant(), null);
    }

    private (object?, string?) Zone(string text)
    {
        if (!_zones.TryGetValue(text, out var problem))
        {
            problem =
                TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId
                    ? null
                    : $"'{FieldReader.Shorten(text)}' is not an IANA time zone such as America/Denver. Translate it with the mapping's values.";
            _zones[text] = problem;
        }

        return problem is null ? (text, null) : (null, problem);
    }

    private static (object?, string?) Word(string text, IReadOnlyList<string> words)
    {
        var word = text.ToLowerInvariant();
        return words.Contains(word)
            ? (word, null)
            : (
                null,
                $"'{FieldReader.Shorten(text)}' is not one of {string.Join(", ", words)}. Translate it with the mapping's values."
            );
    }

    private static (object?, string?) Flag(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "yes" or "y" or "1" => (true, null),
            "false" or "no" or "n" or "0" => (false, null),
            _ => (
                null,
                $"'{FieldReader.Shorten(text)}' is neither true nor false. Translate it with the mapping's values."
            ),
        };

    private static (object?, string?) Time(string text) =>
        TimeOnly.TryParseExact(
            text,
            ["HH:mm", "H:mm", "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? (time, null)
            : (null, $"'{FieldReader.Shorten(text)}' is not a time such as 09:30. Correct it.");

    private (object?, string?) Money(string text)
    {
        var group = _decimal == '.' ? ',' : '.';
        var parts = text.Split(_decimal);
        var groups = parts[0].TrimStart('-').Split(group);
        var grouped =
            groups.Length == 1
            || (groups[0].Length is > 0 and <= 3 && groups.Skip(1).All(g => g.Length == 3));
        var plain = parts[0].Replace(group.ToString(), string.Empty, StringComparison.Ordinal);
        if (
            parts.Length > 2
            || !grouped
            || !decimal.TryParse(
                parts.Length == 2 ? $"{plain}.{parts[1]}" : plain,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var amount
            )
        )
        {
            return (
                null,
                $"'{FieldReader.Shorten(text)}' is not an amount with '{_decimal}' before the cents. Correct it or the mapping's decimal_separator."
            );
        }

        return amount < 0
                ? (null, $"{text} is negative. Credit notes are not invoices: leave the row out.")
            : amount > LargestAmount
                ? (null, $"{text} is more than {LargestAmount} and does not fit. Correct it.")
            : decimal.Round(amount, 2) != amount
                ? (null, $"{text} has fractions of a cent. Round it to two decimals.")
            : (decimal.Round(amount, 2), null);
    }

    private static (object?, string?) Currency(string text)
    {
        var code = text.ToUpperInvariant();
        return Currencies.IsKnown(code)
            ? (code, null)
            : (
                null,
                $"'{FieldReader.Shorten(text)}' is not an ISO 4217 currency such as USD. Correct it or translate it with the mapping's values."
            );
    }
}
