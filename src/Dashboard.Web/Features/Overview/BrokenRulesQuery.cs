using Dashboard.Data;
using Dashboard.Domain.Compliance;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Overview;

/// <summary>Enabled rules that the gate cannot read.</summary>
public sealed class BrokenRulesQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>All of them; while there is one, nobody is contacted.</summary>
    public async Task<IReadOnlyList<BrokenRuleInfo>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await db
            .ComplianceRules.AsNoTracking()
            .Where(r => r.IsEnabled != false)
            .ToListAsync(cancellationToken);
        return RuleSet.Compile(rules).Broken;
    }
}
