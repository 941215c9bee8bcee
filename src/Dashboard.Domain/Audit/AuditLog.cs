using System.Net;
using System.Text.Json;

namespace Dashboard.Domain.Audit;

/// <summary>Who did it (schema.md, audit_logs.actor_type).</summary>
public enum ActorType
{
    /// <summary>A registered worker.</summary>
    Agent,

    /// <summary>A signed-in operator or an API key.</summary>
    User,

    /// <summary>The product itself.</summary>
    System,
}

/// <summary>One audit row (schema.md, table 9), written in the transaction of the change it tells of.</summary>
public sealed class AuditLog
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Singular noun: <c>customer</c>, <c>campaign</c>, <c>task</c>, …</summary>
    public string EntityType { get; set; } = string.Empty;

    /// <summary>The row it is about.</summary>
    public Guid EntityId { get; set; }

    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>status_changed</c>, <c>refused</c>, …</summary>
    public string Action { get; set; } = string.Empty;

    /// <summary>Kind of actor.</summary>
    public ActorType? ActorType { get; set; }

    /// <summary>Id or name of the actor, at most 100 characters.</summary>
    public string? ActorId { get; set; }

    /// <summary><c>{"column": {"before": …, "after": …}}</c>.</summary>
    public JsonElement? Changes { get; set; }

    /// <summary>Additional context.</summary>
    public JsonElement? Metadata { get; set; }

    /// <summary>Where the request came from.</summary>
    public IPAddress? IpAddress { get; set; }

    /// <summary>What sent the request.</summary>
    public string? UserAgent { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; set; }
}
