using Dashboard.Data.Imports;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;

namespace Dashboard.Data.OptOuts;

/// <summary>One row of a file of opt-outs, read but not yet matched to a customer.</summary>
/// <param name="Line">The line it begins on; the header is line 1.</param>
/// <param name="CustomerId">The customer's key; null = found by the other columns.</param>
/// <param name="Email">The customer's address.</param>
/// <param name="Phone">The customer's number.</param>
/// <param name="Channel">Which channel.</param>
/// <param name="Reason">In the customer's words.</param>
/// <param name="LastDay">The last day of the wish, at the customer's.</param>
/// <param name="ExpiresAt">UTC, exclusive; where the file names an instant.</param>
/// <param name="Source">Where the wish came from; null = the import.</param>
public sealed record OptOutFileRow(
    long Line,
    Guid? CustomerId,
    string? Email,
    string? Phone,
    OptOutChannel Channel,
    string? Reason,
    DateOnly? LastDay,
    DateTime? ExpiresAt,
    string? Source
);

/// <summary>Why a row of a file cannot be taken.</summary>
/// <param name="Line">The line it begins on.</param>
/// <param name="Column">The column at fault; null = the whole row.</param>
/// <param name="Reason">A sentence that names what is wrong and the remedy.</param>
public sealed record OptOutFileFault(long Line, string? Column, string Reason);

/// <summary>A file of opt-outs: columns <c>customer_id</c>, <c>email</c> or <c>phone</c>, <c>channel</c>, <c>reason</c>, <c>expires_at</c>, <c>source</c>.</summary>
/// <param name="Rows">Rows that can be read.</param>
/// <param name="Faults">Rows that cannot.</param>
/// <param name="Ignored">Columns that mean nothing here.</param>
public sealed record OptOutFile(
    IReadOnlyList<OptOutFileRow> Rows,
    IReadOnlyList<OptOutFileFault> Faults,
    IReadOnlyList<string> Ignored
)
{
    /// <summary>Rows in one file at most; they are written in one transaction.</summary>
    public const int MostRows = 50_000;

    /// <summary>Columns that are read, in the order of a template.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    ["customer_id", "email", "phone", "channel", "reason", "expires_at", "source"];

    /// <summary>Reads a file; an error when it is not such a file at all.</summary>
    public static Result<OptOutFile> Read(string path)
    {
        var opened = CsvSource.Open(path, new ImportMapping { Delimiter = Delimiter(path) });
        if (opened.Error is { } unreadable)
        {
            return unreadable;
        }

        using var source = opened.Value;
        var columns = source
            .Header.Select((name, index) => (Name: Plain(name), Index: index))
            .Where(c => c.Name.Length > 0)
            .ToDictionary(c => c.Name, c => c.Index, StringComparer.Ordinal);
        if (
            !columns.ContainsKey("channel")
            || !(
                columns.ContainsKey("customer_id")
                || columns.ContainsKey("email")
                || columns.ContainsKey("phone")
            )
        )
        {
            return Error.Invalid(
                "file",
                "The header needs the column channel, and customer_id, email or phone to find the customer by."
            );
        }

        return ReadRows(source, columns);
    }

    private static Result<OptOutFile> ReadRows(CsvSource source, Dictionary<string, int> columns)
    {
        var rows = new List<OptOutFileRow>();
        var faults = new List<OptOutFileFault>();
        while (source.Read() is { } record)
        {
            if (record.Problem is { } problem)
            {
                faults.Add(new OptOutFileFault(record.Line, null, $"The row {problem}"));
                continue;
            }

            if (Array.TrueForAll(record.Fields, string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (rows.Count + faults.Count == MostRows)
            {
                return Error.Invalid(
                    "file",
                    $"The file has more than {MostRows:N0} rows. Split it; each part is written as a whole."
                );
            }

            var reader = new OptOutRowReader(record, columns);
            if (reader.Read() is { } row)
            {
                rows.Add(row);
            }

            faults.AddRange(reader.Faults);
        }

        return new OptOutFile(
            rows,
            faults,
            [.. columns.Keys.Where(c => !Columns.Contains(c)).Order(StringComparer.Ordinal)]
        );
    }

    /// <summary>Spreadsheets of some countries write semicolons.</summary>
    private static string Delimiter(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var header = reader.ReadLine() ?? string.Empty;
            return header.Contains(';', StringComparison.Ordinal)
                && !header.Contains(',', StringComparison.Ordinal)
                    ? ";"
                : header.Contains('\t', StringComparison.Ordinal)
                && !header.Contains(',', StringComparison.Ordinal)
                    ? "\t"
                : ",";
        }
        catch (IOException)
        {
            return ",";
        }
    }

    private static string Plain(string name) =>
        name.Trim()
            .TrimStart('\uFEFF')
            .ToLowerInvariant()
            .Replace(' ', '_')
            .Replace('-', '_') switch
        {
            "e_mail" or "e_mail_address" or "email_address" => "email",
            "mobile" or "phone_number" => "phone",
            "until" or "expires" => "expires_at",
            "id" => "customer_id",
            var other => other,
        };
}
