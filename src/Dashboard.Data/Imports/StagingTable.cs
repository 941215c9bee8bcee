using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Imports;

/// <summary>
/// The accepted rows of one import in a temporary table of its transaction: it spills to disk, so a file may be of any
/// size, and it is gone with the transaction whatever happens.
/// </summary>
internal sealed class StagingTable : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public const string Name = "import_rows";

    private readonly NpgsqlBinaryImporter _copy;

    private StagingTable(NpgsqlBinaryImporter copy) => _copy = copy;

    /// <summary>Creates the table and opens the COPY into it.</summary>
    public static async Task<StagingTable> OpenAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var fields = ImportField.All.Select(f => $"{Quote(f)} {f.SqlType}");
        await using var create = new NpgsqlCommand(
            $"""
            CREATE TEMPORARY TABLE {Name} (
                line bigint, raw text, new_customer_id uuid, new_payment_id uuid, metadata jsonb,
                {string.Join(", ", fields)}
            ) ON COMMIT DROP
            """,
            connection
        );
        await create.ExecuteNonQueryAsync(cancellationToken);
        var columns = string.Join(", ", ImportField.All.Select(Quote));
        var copy = await connection.BeginBinaryImportAsync(
            $"COPY {Name} (line, raw, new_customer_id, new_payment_id, metadata, {columns}) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        return new StagingTable(copy);
    }

    /// <summary>Adds one good row.</summary>
    public async ValueTask WriteAsync(ParsedRow row, CancellationToken cancellationToken)
    {
        await _copy.StartRowAsync(cancellationToken);
        await _copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
        await _copy.WriteAsync(row.Raw, NpgsqlDbType.Text, cancellationToken);
        await _copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
        await _copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
        await WriteAsync(row.Metadata, NpgsqlDbType.Jsonb, cancellationToken);
        for (var i = 0; i < ImportField.All.Count; i++)
        {
            await WriteFieldAsync(row.Values[i], cancellationToken);
        }
    }

    /// <summary>Ends the COPY.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken) =>
        await _copy.CompleteAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _copy.DisposeAsync();

    /// <summary>A field's column; one of them has a capital letter.</summary>
    public static string Quote(ImportField field) => $"\"{field.Name}\"";

    private Task WriteAsync(
        string? value,
        NpgsqlDbType type,
        CancellationToken cancellationToken
    ) =>
        value is null
            ? _copy.WriteNullAsync(cancellationToken)
            : _copy.WriteAsync(value, type, cancellationToken);

    /// <summary>The value's own type decides, as the field's conversion made it.</summary>
    private Task WriteFieldAsync(object? value, CancellationToken cancellationToken) =>
        value switch
        {
            null => _copy.WriteNullAsync(cancellationToken),
            string text => _copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken),
            decimal money => _copy.WriteAsync(money, NpgsqlDbType.Numeric, cancellationToken),
            DateOnly date => _copy.WriteAsync(date, NpgsqlDbType.Date, cancellationToken),
            TimeOnly time => _copy.WriteAsync(time, NpgsqlDbType.Time, cancellationToken),
            bool flag => _copy.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken),
            string[] words => _copy.WriteAsync(words, cancellationToken),
            _ => throw new InvalidOperationException($"No column type for {value.GetType()}."),
        };
}
