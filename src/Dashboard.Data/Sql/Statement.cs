using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Sql;

/// <summary>
/// One statement of a batch with its parameters by position (<c>$1</c>, <c>$2</c>, …): the form that Npgsql sends as it is
/// and PostgreSQL keeps prepared.
/// </summary>
public static class Statement
{
    /// <summary>Adds a statement to the batch.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    /// <summary>A statement of its own.</summary>
    public static NpgsqlCommand Command(
        this NpgsqlConnection connection,
        string sql,
        params NpgsqlParameter[] parameters
    )
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>An instant, UTC, as the <c>timestamp</c> columns hold it.</summary>
    public static NpgsqlParameter At(DateTime? utc) =>
        Param(NpgsqlDbType.Timestamp, utc is { } at ? Bare(at) : null);

    /// <summary>Instants, UTC.</summary>
    public static NpgsqlParameter Instants(IEnumerable<DateTime?> utc) =>
        new()
        {
            DataTypeName = "timestamp[]",
            Value = utc.Select(at => at is { } value ? Bare(value) : (DateTime?)null).ToArray(),
        };

    /// <summary>A text or null.</summary>
    public static NpgsqlParameter Text(string? value) => Param(NpgsqlDbType.Text, value);

    /// <summary>Texts, some of them null.</summary>
    public static NpgsqlParameter Texts(IEnumerable<string?> values) =>
        new() { DataTypeName = "text[]", Value = values.ToArray() };

    /// <summary>JSON documents; the statement casts them.</summary>
    public static NpgsqlParameter Json(string? value) => Param(NpgsqlDbType.Jsonb, value);

    /// <summary>A number.</summary>
    public static NpgsqlParameter Number(int value) => Param(NpgsqlDbType.Integer, value);

    /// <summary>Numbers, some of them null.</summary>
    public static NpgsqlParameter Numbers(IEnumerable<int?> values) =>
        new() { DataTypeName = "integer[]", Value = values.ToArray() };

    /// <summary>Truth values.</summary>
    public static NpgsqlParameter Flags(IEnumerable<bool> values) =>
        new() { DataTypeName = "boolean[]", Value = values.ToArray() };

    /// <summary>A day.</summary>
    public static NpgsqlParameter Day(DateOnly day) => Param(NpgsqlDbType.Date, day);

    /// <summary>A length of time.</summary>
    public static NpgsqlParameter Span(TimeSpan value) => Param(NpgsqlDbType.Interval, value);

    /// <summary>A key or null.</summary>
    public static NpgsqlParameter Key(Guid? value) => Param(NpgsqlDbType.Uuid, value);

    /// <summary>Keys.</summary>
    public static NpgsqlParameter Keys(IEnumerable<Guid> values) =>
        new() { DataTypeName = "uuid[]", Value = values.ToArray() };

    /// <summary>Keys, some of them null.</summary>
    public static NpgsqlParameter KeysOrNull(IEnumerable<Guid?> values) =>
        new() { DataTypeName = "uuid[]", Value = values.ToArray() };

    /// <summary>Reads the rows of one result of a batch and goes on to the next.</summary>
    public static async Task EachAsync(
        this NpgsqlDataReader reader,
        Action<NpgsqlDataReader> read,
        CancellationToken cancellationToken
    )
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            read(reader);
        }

        await reader.NextResultAsync(cancellationToken);
    }

    /// <summary>Reads a <c>timestamp</c> as UTC.</summary>
    public static DateTime Utc(this NpgsqlDataReader reader, int column) =>
        DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    /// <summary>Reads a <c>timestamp</c> as UTC, or null.</summary>
    public static DateTime? UtcOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Utc(column);

    /// <summary>Reads a text or null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Reads a key or null.</summary>
    public static Guid? KeyOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetGuid(column);

    private static NpgsqlParameter Param(NpgsqlDbType type, object? value) =>
        new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };

    private static DateTime Bare(DateTime utc) =>
        DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);
}
