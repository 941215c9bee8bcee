using System.Text.Json;
using Dashboard.Data.Audit;
using Dashboard.Data.Reads;
using Dashboard.Domain.Audit;
using Npgsql;

namespace Dashboard.Web.Features.Audit;

/// <summary>Where a page of events ends.</summary>
public sealed record AuditCursor(DateTime At, Guid Id);

/// <summary>One event as it is stored.</summary>
public sealed record AuditEvent
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Singular noun.</summary>
    public required string EntityType { get; init; }

    /// <summary>The row it is about.</summary>
    public required Guid EntityId { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>Kind of actor.</summary>
    public ActorType? ActorType { get; init; }

    /// <summary>Id or name of the actor.</summary>
    public string? ActorId { get; init; }

    /// <summary>Column → before and after.</summary>
    public JsonElement? Changes { get; init; }

    /// <summary>Additional context.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Where the request came from.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What sent the request.</summary>
    public string? UserAgent { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Reads a row of <see cref="AuditListSql.Columns"/>.</summary>
    internal static AuditEvent Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.Value<Guid>("id")!.Value,
            EntityType = row.Text("entity_type")!,
            EntityId = row.Value<Guid>("entity_id")!.Value,
            Action = row.Text("action")!,
            ActorType = row.Word<ActorType>("actor_type"),
            ActorId = row.Text("actor_id"),
            Changes = Json(row.Text("changes")),
            Metadata = Json(row.Text("metadata")),
            IpAddress = row.IsDBNull(row.GetOrdinal("ip_address"))
                ? null
                : row.GetFieldValue<System.Net.IPAddress>(row.GetOrdinal("ip_address")).ToString(),
            UserAgent = row.Text("user_agent"),
            At = row.Utc("timestamp")!.Value,
        };

    private static JsonElement? Json(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
}

/// <summary>Something that an event names.</summary>
/// <param name="Name">For people.</param>
/// <param name="Href">Its page; null when it has none or is gone.</param>
public sealed record AuditName(string Name, string? Href);

/// <summary>A line of the list.</summary>
/// <param name="Event">The event.</param>
/// <param name="Who">Who did it.</param>
/// <param name="What">On what.</param>
/// <param name="Seal">How it stands to the seals.</param>
public sealed record AuditLine(AuditEvent Event, AuditName Who, AuditName What, RowSeal Seal);

/// <summary>A page of the list.</summary>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record AuditPageOfLines(IReadOnlyList<AuditLine> Lines, AuditCursor? Next);
