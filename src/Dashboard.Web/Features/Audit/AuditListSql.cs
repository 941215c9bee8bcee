using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Audit;

/// <summary>
/// The statements of the list. Newest first along <c>idx_audit_logs_timestamp</c>; one entity's events by
/// <c>idx_audit_logs_entity_type_id</c>.
/// </summary>
internal sealed class AuditListSql
{
    /// <summary>Every column of an event.</summary>
    public const string Columns =
        "a.id, a.entity_type, a.entity_id, a.action, a.actor_type, a.actor_id, a.changes, a.metadata, a.ip_address, a.user_agent, a.timestamp";

    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly List<string> _where = [];

    public AuditListSql(AuditFilter filter, DateTime now)
    {
        Add(filter.From(now), "a.timestamp >= @from", "from");
        Add(filter.Moment, "a.timestamp = @moment", "moment");
        Add(filter.EntityType, "a.entity_type = @type", "type");
        Add(filter.EntityId, "a.entity_id = @entity", "entity");
        Add(filter.Action, "a.action = @action", "action");
        Add(filter.ActorType?.ToText(), "a.actor_type = @by", "by");
        Add(filter.Actor, "a.actor_id = @actor", "actor");
        Add(
            filter.Text is { } text ? $"%{Escape(text)}%" : null,
            "a.metadata ->> 'reason' ILIKE @text",
            "text"
        );
    }

    /// <summary>Values of the conditions.</summary>
    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    /// <summary>A page after the cursor and one row more.</summary>
    public string Page(AuditCursor? after, int rows)
    {
        if (after is not null)
        {
            // The first condition is for the index, the second for rows of the same instant.
            Add(after.At, "a.timestamp <= @after_at", "after_at");
            Add(after.Id, "(a.timestamp, a.id) < (@after_at, @after_id)", "after_id");
        }

        return $"SELECT {Columns} FROM audit_logs a {Where} ORDER BY a.timestamp DESC, a.id DESC LIMIT {rows + 1}";
    }

    /// <summary>How many are newer than <paramref name="than"/>, counted no further than <paramref name="limit"/>.</summary>
    public string Newer(DateTime than, int limit)
    {
        Add(than, "a.timestamp > @than", "than");
        return $"SELECT count(*)::int FROM (SELECT FROM audit_logs a {Where} LIMIT {limit}) n";
    }

    /// <summary>Everything, newest first.</summary>
    public string All =>
        $"SELECT {Columns} FROM audit_logs a {Where} ORDER BY a.timestamp DESC, a.id DESC";

    private string Where => _where.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _where);

    private void Add(object? value, string condition, string name)
    {
        if (value is null)
        {
            return;
        }

        _where.Add(condition);
        _parameters.Add(
            value is DateTime at
                ? new NpgsqlParameter(name, NpgsqlDbType.Timestamp)
                {
                    Value = DateTime.SpecifyKind(at, DateTimeKind.Unspecified),
                }
                : new NpgsqlParameter(name, value)
        );
    }

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
