using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Commands;

/// <summary>Collects audit rows that are written in the command's transaction.</summary>
public sealed class AuditTrail(Actor actor, DateTime now)
{
    private readonly List<AuditLog> _rows = [];

    /// <summary>What has been collected.</summary>
    public IReadOnlyList<AuditLog> Rows => _rows;

    /// <summary>Adds one row.</summary>
    /// <param name="entityType">Singular noun.</param>
    /// <param name="entityId">The row it is about.</param>
    /// <param name="action"><c>created</c>, <c>updated</c>, <c>status_changed</c>, …</param>
    /// <param name="changes">Column → before and after.</param>
    /// <param name="metadata">Additional context.</param>
    public void Add(
        string entityType,
        Guid entityId,
        string action,
        IReadOnlyDictionary<string, AuditChange>? changes = null,
        object? metadata = null
    ) =>
        _rows.Add(
            new AuditLog
            {
                Id = Guid.CreateVersion7(),
                EntityType = entityType,
                EntityId = entityId,
                Action = action,
                ActorType = actor.Type,
                ActorId = actor.Id,
                Changes = changes is null
                    ? null
                    : JsonSerializer.SerializeToElement(changes, JsonShape.Options),
                Metadata = metadata is null
                    ? null
                    : JsonSerializer.SerializeToElement(metadata, JsonShape.Options),
                IpAddress = actor.IpAddress,
                UserAgent = actor.UserAgent,
                Timestamp = now,
            }
        );

    /// <summary>
    /// Adds what the context saw. A row the command added itself for the same entity, without changes, is completed
    /// instead, so that one change is one row under the command's own word for it.
    /// </summary>
    internal void Merge(IEnumerable<CapturedChange> captured)
    {
        foreach (var change in captured)
        {
            var own = _rows.Find(r =>
                r.Changes is null
                && r.EntityId == change.EntityId
                && r.EntityType == change.EntityType
            );
            if (own is null)
            {
                Add(change.EntityType, change.EntityId, change.Action, change.Changes);
            }
            else
            {
                own.Changes = JsonSerializer.SerializeToElement(change.Changes, JsonShape.Options);
            }
        }
    }
}

/// <summary>One column's change (contracts.md, audit_logs.changes).</summary>
public sealed record AuditChange(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? After
);
