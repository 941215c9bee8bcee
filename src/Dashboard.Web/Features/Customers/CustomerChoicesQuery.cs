using Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Customers;

/// <summary>What the list can be narrowed to.</summary>
/// <param name="Zones">IANA zones that occur, at most 100.</param>
/// <param name="Tags">Tags that occur, at most 100.</param>
public sealed record CustomerChoices(IReadOnlyList<string> Zones, IReadOnlyList<string> Tags);

/// <summary>Reads the zones and tags that occur.</summary>
public sealed class CustomerChoicesQuery(IDbContextFactory<DashboardDb> contexts)
{
    private const int Most = 100;

    /// <summary>In alphabetical order.</summary>
    public async Task<CustomerChoices> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zones = await db
            .CustomerProfiles.Where(p => p.Timezone != null && p.Timezone != "")
            .Select(p => p.Timezone!)
            .Distinct()
            .Order()
            .Take(Most)
            .ToListAsync(cancellationToken);
        var tags = await db
            .Database.SqlQuery<string>(
                $"select distinct unnest(tags) as \"Value\" from customers where deleted_at is null order by 1 limit {Most}"
            )
            .ToListAsync(cancellationToken);
        return new CustomerChoices(zones, tags);
    }
}
