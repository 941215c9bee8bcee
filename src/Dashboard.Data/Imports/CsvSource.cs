using System.Text;
using CsvHelper;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Imports;

/// <summary>One record of a CSV file as it stands there.</summary>
/// <param name="Line">The line it begins on; the header is line 1.</param>
/// <param name="Raw">The text, without its line break.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Problem">Why it cannot be split into fields; null when it can.</param>
internal readonly record struct CsvRecord(long Line, string Raw, string[] Fields, string? Problem);

/// <summary>
/// Reads a CSV file of any size record by record (RFC 4180). A quotation mark that is never closed costs its own line,
/// not the rest of the file: reading resumes on the line after it.
/// </summary>
internal sealed class CsvSource : IDisposable
{
    /// <summary>Bytes; a longer record is taken for a quotation mark that was never closed.</summary>
    private const int LongestRecord = 1 << 20;

    private readonly FileStream _stream;
    private readonly CsvReaderOptions _options;
    private readonly bool _isUtf8;
    private CsvReader _reader;
    private CsvMalformedReason? _malformed;
    private long _lineBase;
    private long _byteBase;

    private CsvSource(FileStream stream, char delimiter, Encoding? encoding)
    {
        _stream = stream;
        _isUtf8 = encoding is null && !HasUtf16Mark(stream);
        _options = new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            Encoding = encoding,
            TrackLineNumbers = true,
            MaxRecordSize = LongestRecord,
            OnMalformedRecord = record => _malformed ??= record.Reason,
        };
        _reader = CsvReader.Create(stream, _options, leaveOpen: true);
    }

    /// <summary>Column names.</summary>
    public string[] Header { get; private set; } = [];

    /// <summary>The header as it stands in the file.</summary>
    public string RawHeader { get; private set; } = string.Empty;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead => _stream.Position;

    /// <summary>Size of the file.</summary>
    public long BytesTotal => _stream.Length;

    /// <summary>Opens the file and reads its header.</summary>
    public static Result<CsvSource> Open(string path, ImportMapping mapping)
    {
        Encoding? encoding = null;
        switch (mapping.Encoding.ToLowerInvariant())
        {
            case "utf-8" or "utf8":
                break;
            case "latin1" or "iso-8859-1":
                encoding = Encoding.Latin1;
                break;
            case "utf-16":
                encoding = Encoding.Unicode;
                break;
            default:
                return Error.Invalid(
                    "encoding",
                    $"The encoding '{mapping.Encoding}' is not known. Use utf-8, latin1 or utf-16."
                );
        }

        if (mapping.Delimiter.Length != 1 || !char.IsAscii(mapping.Delimiter[0]))
        {
            return Error.Invalid("delimiter", "The delimiter is one character, such as a comma.");
        }

        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            var source = new CsvSource(stream, mapping.Delimiter[0], encoding);
            if (source.ReadHeader() is { } fault)
            {
                source.Dispose();
                return fault;
            }

            return source;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error.Invalid("file", $"The file cannot be read: {e.Message}");
        }
    }

    /// <summary>The next record; null at the end of the file.</summary>
    public CsvRecord? Read()
    {
        _malformed = null;
        bool found;
        try
        {
            found = _reader.Read();
        }
        catch (CsvFormatException) when (_isUtf8)
        {
            return RecoverLine(_reader.ByteOffset + _reader.RawRecord.Length);
        }

        if (!found)
        {
            return null;
        }

        var fields = _reader.Current.ToArray();
        var broken =
            _malformed is not null || (Header.Length > 0 && fields.Length != Header.Length);
        if (broken && _isUtf8 && _reader.RawRecord.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            return RecoverLine(_reader.ByteOffset);
        }

        return new CsvRecord(
            _lineBase + _reader.LineNumber,
            Encoding.UTF8.GetString(_reader.RawRecord),
            fields,
            broken ? Describe(fields.Length) : null
        );
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    /// <summary>Gives up one physical line and starts again behind it.</summary>
    private CsvRecord? RecoverLine(long from)
    {
        var at = _byteBase + from;
        _stream.Position = at;
        var bytes = new List<byte>(256);
        int next;
        while ((next = _stream.ReadByte()) is >= 0 and not '\n')
        {
            bytes.Add((byte)next);
        }

        var raw = Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
        var line = LinesBefore(at) + 1;
        _reader.Dispose();
        _byteBase = at + bytes.Count + (next < 0 ? 0 : 1);
        _lineBase = line;
        _stream.Position = _byteBase;
        _reader = CsvReader.Create(_stream, _options, leaveOpen: true);
        return raw.Length == 0
            ? Read()
            : new CsvRecord(
                line,
                raw,
                [],
                "opens a quotation mark and never closes it. Close it, or double a quotation mark that belongs to the text."
            );
    }

    /// <summary>Line breaks before a byte; only asked where the file is broken.</summary>
    private long LinesBefore(long end)
    {
        var keep = _stream.Position;
        _stream.Position = _byteBase;
        var buffer = new byte[1 << 16];
        var lines = _lineBase;
        var left = end - _byteBase;
        while (left > 0)
        {
            var read = _stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
            {
                break;
            }

            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            left -= read;
        }

        _stream.Position = keep;
        return lines;
    }

    private string Describe(int fields) =>
        _malformed switch
        {
            CsvMalformedReason.StrayQuote =>
                "has a quotation mark inside an unquoted field. Put the field in quotation marks and double those inside.",
            CsvMalformedReason.TextAfterClosingQuote =>
                "has text after a closing quotation mark. Double the quotation marks that belong to the text.",
            CsvMalformedReason.UnterminatedQuote =>
                "opens a quotation mark and never closes it. Close it, or double a quotation mark that belongs to the text.",
            _ =>
                $"has {fields} fields where the header has {Header.Length}. Look for a missing or an unquoted '{_options.Separator}'.",
        };

    private Error? ReadHeader()
    {
        if (Read() is not { } record)
        {
            return Error.Invalid(
                "file",
                "The file is empty: it needs a header line with column names."
            );
        }

        if (record.Problem is { } problem)
        {
            return Error.Invalid("file", $"The header {problem}");
        }

        var twice = record
            .Fields.GroupBy(h => h.Trim(), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1);
        if (twice is not null)
        {
            return Error.Invalid(
                "file",
                $"The header names '{twice.Key}' twice. Rename one of the columns."
            );
        }

        RawHeader = record.Raw.TrimStart('\uFEFF');
        Header = record.Fields;
        return null;
    }

    private static bool HasUtf16Mark(FileStream stream)
    {
        Span<byte> mark = stackalloc byte[2];
        var read = stream.Read(mark);
        stream.Position = 0;
        return read == 2 && (mark is [0xFF, 0xFE] or [0xFE, 0xFF]);
    }
}
