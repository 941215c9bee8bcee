using System.Globalization;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>Says what became of a rule since the version that was seen.</summary>
internal static class RuleConflict
{
    private const int MostFields = 6;
    private const int LongestValue = 80;

    public static async Task<Error> DescribeAsync(
        DashboardDb db,
        RuleStep step,
        DateTime seen,
        CancellationToken cancellationToken
    )
    {
        var rule = step.Rule!;
        var versions = await db
            .RuleVersions.AsNoTracking()
            .Where(v => v.RuleId == rule.Id && (v.UpdatedAt == seen || v.ValidTo == null))
            .OrderBy(v => v.Number)
            .ToListAsync(cancellationToken);
        var before = versions.FindLast(v => v.UpdatedAt == seen);
        var last = versions.FindLast(v => v.ValidTo is null);
        var what = before is null
            ? []
            : RuleDiff
                .Between(before.ToDraft(), RuleDraft.From(rule))
                .Changes.Take(MostFields)
                .Select(c =>
                    $"{c.Label.ToLowerInvariant()} is now {Show(c.After)} (you saw {Show(c.Before)})"
                )
                .ToList();
        var who = last is null ? "" : await WhoAsync(db, last, cancellationToken);
        var list = what.Count == 0 ? "" : $": {string.Join(", ", what)}";
        return Error.Conflict(
            $"\"{rule.Name}\" was changed meanwhile{who}{list}. Your change was not saved; check it against the new state and try again."
        );
    }

    private static async Task<string> WhoAsync(
        DashboardDb db,
        RuleVersion version,
        CancellationToken cancellationToken
    )
    {
        var name = await OperatorNames.FindAsync(db, version.SavedBy, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(name is null ? "" : $" by {name}")} at {version.ValidFrom:yyyy-MM-dd HH:mm:ss} UTC"
        );
    }

    private static string Show(string? value) =>
        value is null ? "empty"
        : value.Length > LongestValue ? value[..LongestValue] + "…"
        : value;
}
