using Dashboard.Data;
using Dashboard.Data.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Tasks;

/// <summary>A person to hand a task over to.</summary>
/// <param name="Id">The operator's key.</param>
/// <param name="Name">On screen.</param>
public sealed record OperatorChoice(Guid Id, string Name);

/// <summary>Reads who works on tasks, by name.</summary>
public sealed class OperatorChoiceQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Everyone with a role for it.</summary>
    public async Task<IReadOnlyList<OperatorChoice>> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await HumanTasks
            .Workers(db)
            .OrderBy(u => u.DisplayName)
            .Select(u => new OperatorChoice(u.Id, u.DisplayName))
            .ToListAsync(cancellationToken);
    }
}
