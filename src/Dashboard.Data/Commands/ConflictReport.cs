using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Dashboard.Data.Commands;

/// <summary>
/// Says what changed since the operator looked: per column the value now and the value seen, who did it and when.
/// What was seen comes from the audit log; for writers that leave no audit rows only the versions compared are known.
/// </summary>
internal static class ConflictReport
{
    private const int MostColumns = 6;
    private const int LongestValue = 80;

    /// <summary>Builds the refusal. The context's transaction must be over.</summary>
    public static async Task<Error> DescribeAsync(
        EntityEntry entry,
        CancellationToken cancellationToken
    )
    {
        var db = (DashboardDb)entry.Context;
        var type = AuditNames.Noun(entry.Metadata.ClrType);
        var noun = type.Replace('_', ' ');
        var now = await entry.GetDatabaseValuesAsync(cancellationToken);
        if (now is null)
        {
            return Error.Conflict($"This {noun} was deleted meanwhile. Nothing was changed.");
        }

        var rows = await RowsSinceAsync(db, entry, type, cancellationToken);
        var columns = FromAudit(rows);
        AddCompared(columns, entry, now);
        var what = columns.Count == 0 ? "" : ": " + List(columns);
        var who =
            rows.Count > 0 ? await WhoAsync(db, rows[^1], cancellationToken) : When(entry, now);
        return Error.Conflict(
            $"This {noun} was changed meanwhile{who}{what}. Your change was not saved; check it against the new state and try again."
        );
    }

    private static async Task<List<AuditLog>> RowsSinceAsync(
        DashboardDb db,
        EntityEntry entry,
        string type,
        CancellationToken cancellationToken
    )
    {
        var key = entry.Properties.First(p => p.Metadata.IsPrimaryKey()).CurrentValue;
        var version = entry.Properties.FirstOrDefault(p => p.Metadata.IsConcurrencyToken);
        if (key is not Guid id || version?.OriginalValue is not DateTime seen)
        {
            return [];
        }

        return await db
            .AuditLogs.AsNoTracking()
            .Where(a => a.EntityType == type && a.EntityId == id && a.Timestamp > seen)
            .Where(a => a.Action != "refused")
            .OrderBy(a => a.Timestamp)
            .ThenBy(a => a.Id)
            .Take(100)
            .ToListAsync(cancellationToken);
    }

    private static Dictionary<string, AuditChange> FromAudit(List<AuditLog> rows)
    {
        var columns = new Dictionary<string, AuditChange>(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => r.Changes is { ValueKind: JsonValueKind.Object }))
        {
            foreach (var column in row.Changes!.Value.EnumerateObject())
            {
                var before = Part(column.Value, "before");
                var after = Part(column.Value, "after");
                columns[column.Name] = columns.TryGetValue(column.Name, out var known)
                    ? known with
                    {
                        After = after,
                    }
                    : new AuditChange(before, after);
            }
        }

        return columns;
    }

    private static void AddCompared(
        Dictionary<string, AuditChange> columns,
        EntityEntry entry,
        PropertyValues now
    )
    {
        foreach (var property in entry.Properties)
        {
            var name = property.Metadata.GetColumnName();
            if (
                AuditNames.IsNoise(property.Metadata)
                || AuditNames.IsSecret(property.Metadata)
                || columns.ContainsKey(name)
            )
            {
                continue;
            }

            var current = now[property.Metadata];
            var comparer = property.Metadata.GetValueComparer();
            if (!comparer.Equals(property.OriginalValue, current))
            {
                columns[name] = new AuditChange(property.OriginalValue, current);
            }
        }
    }

    /// <summary>All that is known of a writer that left no audit row.</summary>
    private static string When(EntityEntry entry, PropertyValues now)
    {
        var version = entry.Properties.FirstOrDefault(p => p.Metadata.IsConcurrencyToken);
        return version is not null && now[version.Metadata] is DateTime at ? At(at) : "";
    }

    private static string At(DateTime utc) =>
        string.Create(CultureInfo.InvariantCulture, $" at {utc:yyyy-MM-dd HH:mm:ss} UTC");

    private static async Task<string> WhoAsync(
        DashboardDb db,
        AuditLog last,
        CancellationToken cancellationToken
    )
    {
        var name = last.ActorId ?? "someone";
        if (last.ActorType == ActorType.User && Guid.TryParse(last.ActorId, out var id))
        {
            name =
                await db
                    .Users.Where(u => u.Id == id)
                    .Select(u => u.DisplayName)
                    .FirstOrDefaultAsync(cancellationToken)
                ?? name;
        }

        return $" by {name}{At(last.Timestamp)}";
    }

    private static string List(Dictionary<string, AuditChange> columns)
    {
        var parts = columns
            .Take(MostColumns)
            .Select(c =>
                $"{c.Key.Replace('_', ' ')} is now {Show(c.Value.After)} (you saw {Show(c.Value.Before)})"
            );
        var text = string.Join(", ", parts);
        return columns.Count > MostColumns
            ? $"{text} and {columns.Count - MostColumns} more"
            : text;
    }

    private static JsonElement? Part(JsonElement change, string name) =>
        change.ValueKind == JsonValueKind.Object && change.TryGetProperty(name, out var value)
            ? value
            : null;

    private static string Show(object? value)
    {
        var text = value is null
            ? "null"
            : JsonSerializer.Serialize(value, value.GetType(), JsonShape.Options);
        text = text == "null" ? "empty" : text.Trim('"');
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }
}
