using Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>A customer to choose.</summary>
public sealed record CustomerChoice(
    Guid Id,
    string CompanyName,
    string ContactName,
    string Email,
    string? Timezone
);

/// <summary>Finds customers by what one knows of them.</summary>
public sealed class CustomerFinder(IDbContextFactory<DashboardDb> contexts)
{
    private const int Most = 8;

    /// <summary>The first few whose name, address or number has the text in it, by name.</summary>
    public async Task<IReadOnlyList<CustomerChoice>> FindAsync(
        string text,
        CancellationToken cancellationToken
    )
    {
        var pattern =
            "%"
            + text.Trim()
                .Replace(@"\", @"\\", StringComparison.Ordinal)
                .Replace("%", @"\%", StringComparison.Ordinal)
                .Replace("_", @"\_", StringComparison.Ordinal)
            + "%";
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Customers.AsNoTracking()
            .Where(c => c.DeletedAt == null)
            .Where(c =>
                EF.Functions.ILike(c.CompanyName, pattern)
                || EF.Functions.ILike(c.ContactName, pattern)
                || EF.Functions.ILike(c.Email, pattern)
                || EF.Functions.ILike(c.Mobile ?? "", pattern)
                || EF.Functions.ILike(c.Phone ?? "", pattern)
            )
            .OrderBy(c => c.CompanyName)
            .ThenBy(c => c.Id)
            .Take(Most)
            .Select(c => new CustomerChoice(
                c.Id,
                c.CompanyName,
                c.ContactName,
                c.Email,
                c.Profile == null ? null : c.Profile.Timezone
            ))
            .ToListAsync(cancellationToken);
    }
}
