using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Data.Reads;

/// <summary>
/// Reads of lists whose order and filters are chosen at run time, and of single keys inside JSONB columns: written as
/// SQL, because the model maps those columns as whole documents.
/// </summary>
public static class SqlReads
{
    /// <summary>Runs <paramref name="sql"/> and maps each row. Values travel as parameters only.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        this DashboardDb db,
        string sql,
        IEnumerable<NpgsqlParameter> parameters,
        Func<NpgsqlDataReader, T> map,
        CancellationToken cancellationToken
    )
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            sql,
            (NpgsqlConnection)db.Database.GetDbConnection()
        );
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>A text column; null when it is.</summary>
    public static string? Text(this NpgsqlDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.GetString(row.GetOrdinal(column));

    /// <summary>A column of a value type; null when it is.</summary>
    public static T? Value<T>(this NpgsqlDataReader row, string column)
        where T : struct =>
        row.IsDBNull(row.GetOrdinal(column)) ? null : row.GetFieldValue<T>(row.GetOrdinal(column));

    /// <summary>A column that holds UTC; null when it is.</summary>
    public static DateTime? Utc(this NpgsqlDataReader row, string column) =>
        row.Value<DateTime>(column) is { } value
            ? DateTime.SpecifyKind(value, DateTimeKind.Utc)
            : null;

    /// <summary>A column that holds a word of <typeparamref name="T"/>; null when it is or when the word is unknown.</summary>
    public static T? Word<T>(this NpgsqlDataReader row, string column)
        where T : struct, Enum =>
        EnumText.TryParse<T>(row.Text(column), out var value) ? value : null;
}
