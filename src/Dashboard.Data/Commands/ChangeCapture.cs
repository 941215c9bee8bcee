using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Dashboard.Data.Commands;

/// <summary>
/// Collects what a command changes through its context, also when the command saves by itself in between.
/// </summary>
internal sealed class ChangeCapture : IDisposable
{
    private readonly DashboardDb _db;
    private readonly List<CapturedChange> _saved = [];
    private List<CapturedChange> _pending = [];

    public ChangeCapture(DashboardDb db)
    {
        _db = db;
        db.SavingChanges += OnSaving;
        db.SavedChanges += OnSaved;
        db.SaveChangesFailed += OnFailed;
    }

    /// <summary>Everything saved and everything still tracked as changed.</summary>
    public IReadOnlyList<CapturedChange> TakeAll()
    {
        Dispose();
        return [.. _saved, .. Read(_db)];
    }

    public void Dispose()
    {
        _db.SavingChanges -= OnSaving;
        _db.SavedChanges -= OnSaved;
        _db.SaveChangesFailed -= OnFailed;
    }

    private static List<CapturedChange> Read(DashboardDb db)
    {
        db.ChangeTracker.DetectChanges();
        return
        [
            .. db
                .ChangeTracker.Entries()
                .Where(AuditNames.IsAudited)
                .Select(CapturedChange.From)
                .OfType<CapturedChange>(),
        ];
    }

    private void OnSaving(object? sender, SavingChangesEventArgs e) => _pending = Read(_db);

    private void OnSaved(object? sender, SavedChangesEventArgs e)
    {
        _saved.AddRange(_pending);
        _pending = [];
    }

    private void OnFailed(object? sender, SaveChangesFailedEventArgs e) => _pending = [];
}

/// <summary>One row's change as an audit row tells it.</summary>
internal sealed record CapturedChange(
    string EntityType,
    Guid EntityId,
    string Action,
    IReadOnlyDictionary<string, AuditChange> Changes
)
{
    private const string Hidden = "[hidden]";

    /// <summary>Null when the entry has nothing to tell.</summary>
    public static CapturedChange? From(EntityEntry entry)
    {
        var changes = entry.State switch
        {
            EntityState.Added => Columns(entry, p => new AuditChange(null, p.CurrentValue)),
            EntityState.Deleted => Columns(entry, p => new AuditChange(p.OriginalValue, null)),
            EntityState.Modified => Columns(
                entry,
                p => p.IsModified ? new AuditChange(p.OriginalValue, p.CurrentValue) : null
            ),
            _ => null,
        };
        if (changes is null || (changes.Count == 0 && entry.State == EntityState.Modified))
        {
            return null;
        }

        return new CapturedChange(
            AuditNames.Noun(entry.Metadata.ClrType),
            KeyOf(entry),
            ActionOf(entry, changes),
            changes
        );
    }

    private static string ActionOf(EntityEntry entry, Dictionary<string, AuditChange> changes)
    {
        if (entry.State == EntityState.Added)
        {
            return "created";
        }

        if (
            entry.State == EntityState.Deleted
            || changes.GetValueOrDefault("deleted_at") is { Before: null }
        )
        {
            return "deleted";
        }

        return changes.ContainsKey("status") ? "status_changed" : "updated";
    }

    private static Guid KeyOf(EntityEntry entry) =>
        entry
            .Properties.Where(p => p.Metadata.IsPrimaryKey())
            .Select(p => p.CurrentValue)
            .OfType<Guid>()
            .FirstOrDefault();

    private static Dictionary<string, AuditChange> Columns(
        EntityEntry entry,
        Func<PropertyEntry, AuditChange?> change
    )
    {
        var columns = new Dictionary<string, AuditChange>(StringComparer.Ordinal);
        foreach (var property in entry.Properties)
        {
            if (AuditNames.IsNoise(property.Metadata) || change(property) is not { } value)
            {
                continue;
            }

            if (value.Before is not null || value.After is not null)
            {
                columns[property.Metadata.GetColumnName()] = AuditNames.IsSecret(property.Metadata)
                    ? Hide(value)
                    : value;
            }
        }

        return columns;
    }

    private static AuditChange Hide(AuditChange change) =>
        new(change.Before is null ? null : Hidden, change.After is null ? null : Hidden);
}
