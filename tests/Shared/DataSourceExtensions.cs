using Npgsql;

namespace Dashboard.Tests.Shared;

/// <summary>Plain SQL in one line, for arranging and looking.</summary>
public static class DataSourceExtensions
{
    /// <summary>Runs a statement; returns the number of rows it touched.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of every row, as text.</summary>
    public static async Task<IReadOnlyList<string>> QueryAsync(
        this NpgsqlDataSource dataSource,
        string sql
    )
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Convert.ToString(reader.GetValue(0)) ?? string.Empty);
        }

        return rows;
    }

    /// <summary>The one value a query returns.</summary>
    public static async Task<T> ScalarAsync<T>(this NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
