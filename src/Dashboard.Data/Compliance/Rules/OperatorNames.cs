using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>Names of operators for the keys that rows hold.</summary>
internal static class OperatorNames
{
    /// <summary>The operator's name; what is no operator (an API key, a part of the system) keeps its key.</summary>
    public static async Task<string?> FindAsync(
        DashboardDb db,
        string? key,
        CancellationToken cancellationToken
    ) =>
        key is null
            ? null
            : (await LoadAsync(db, [key], cancellationToken)).GetValueOrDefault(key, key);

    /// <summary>The names of those keys that are operators.</summary>
    public static async Task<Dictionary<string, string>> LoadAsync(
        DashboardDb db,
        IEnumerable<string?> keys,
        CancellationToken cancellationToken
    )
    {
        var ids = keys.Select(k => Guid.TryParse(k, out var id) ? id : (Guid?)null)
            .OfType<Guid>()
            .Distinct()
            .ToList();
        return ids.Count == 0
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : await db
                .Users.Where(u => ids.Contains(u.Id))
                .Select(u => new { u.Id, u.DisplayName })
                .ToDictionaryAsync(
                    u => u.Id.ToString(),
                    u => u.DisplayName,
                    StringComparer.Ordinal,
                    cancellationToken
                );
    }
}
