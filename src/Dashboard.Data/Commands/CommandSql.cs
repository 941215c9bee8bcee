using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Commands;

/// <summary>
/// Set-based statements of a command: one round trip however many rows it touches. Every statement may use <c>@now</c>
/// and, for its audit rows, the columns and values of <see cref="AuditColumns"/> and <see cref="AuditValues"/>.
/// </summary>
public static class CommandSql
{
    /// <summary>Columns of an audit row, in the order of <see cref="AuditValues"/>; id, entity and changes come first.</summary>
    public const string AuditColumns =
        "audit_logs (id, entity_type, entity_id, action, changes, metadata, actor_type, actor_id, ip_address, user_agent, timestamp)";

    /// <summary>The last five values of an audit row.</summary>
    public const string AuditValues = "@actor_type, @actor_id, @ip::inet, @user_agent, @now";

    /// <summary>
    /// Locks the customers, which is what every stop takes first: the dispatcher holds the same rows while it reserves,
    /// so after a stop committed nothing is reserved on facts from before it.
    /// </summary>
    public static Task LockCustomersAsync(
        this CommandContext context,
        IReadOnlyCollection<Guid> customerIds,
        CancellationToken cancellationToken
    ) =>
        context.ExecuteAsync(
            "SELECT 1 FROM customers WHERE id = ANY(@ids) ORDER BY id FOR NO KEY UPDATE",
            p => p.AddWithValue("ids", customerIds.ToArray()),
            cancellationToken
        );

    /// <summary>Runs a statement inside the command's transaction; returns the rows it affected.</summary>
    public static async Task<int> ExecuteAsync(
        this CommandContext context,
        string sql,
        Action<NpgsqlParameterCollection> bind,
        CancellationToken cancellationToken
    )
    {
        await using var command = context.Prepare(sql, bind);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a statement and reads its rows.</summary>
    public static async Task<List<T>> QueryAsync<T>(
        this CommandContext context,
        string sql,
        Action<NpgsqlParameterCollection> bind,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = context.Prepare(sql, bind);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>An instant as the schema's <c>timestamp</c> columns hold it.</summary>
    public static void AddInstant(
        this NpgsqlParameterCollection parameters,
        string name,
        DateTime? utc
    ) =>
        parameters.Add(
            new NpgsqlParameter(name, NpgsqlDbType.Timestamp)
            {
                Value = utc is { } at
                    ? DateTime.SpecifyKind(at, DateTimeKind.Unspecified)
                    : DBNull.Value,
            }
        );

    /// <summary>A text that may be null.</summary>
    public static void AddText(
        this NpgsqlParameterCollection parameters,
        string name,
        string? value
    ) =>
        parameters.Add(
            new NpgsqlParameter(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value }
        );

    /// <summary>A list of keys; null where it means "all".</summary>
    public static void AddKeys(
        this NpgsqlParameterCollection parameters,
        string name,
        IReadOnlyList<Guid>? keys
    ) =>
        parameters.Add(
            new NpgsqlParameter
            {
                ParameterName = name,
                DataTypeName = "uuid[]",
                Value = (object?)keys?.ToArray() ?? DBNull.Value,
            }
        );

    private static NpgsqlCommand Prepare(
        this CommandContext context,
        string sql,
        Action<NpgsqlParameterCollection> bind
    )
    {
        var database = context.Db.Database;
        var command = (NpgsqlCommand)database.GetDbConnection().CreateCommand();
        command.Transaction = (NpgsqlTransaction?)database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        var parameters = command.Parameters;
        parameters.AddInstant("now", context.Now);
        parameters.AddText("actor_type", Domain.Json.EnumText.ToText(context.Actor.Type));
        parameters.AddText("actor_id", context.Actor.Id);
        parameters.AddText("ip", context.Actor.IpAddress?.ToString());
        parameters.AddText("user_agent", context.Actor.UserAgent);
        bind(parameters);
        return command;
    }
}
