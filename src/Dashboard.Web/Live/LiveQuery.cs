using Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Live;

/// <summary>Reads the rows of one batch of changes, one query per table.</summary>
internal sealed class LiveQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>The tasks among <paramref name="ids"/> that still exist.</summary>
    public async Task<IReadOnlyList<TaskNow>> TasksAsync(
        IReadOnlyCollection<Guid> ids,
        CancellationToken ct
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Tasks.AsNoTracking()
            .Where(t => ids.Contains(t.Id))
            .Select(t => new TaskNow(t.Id, t.Status, t.CustomerId, t.CampaignId, t.AssignedAgentId))
            .ToListAsync(ct);
    }

    /// <summary>The agents among <paramref name="ids"/> that still exist.</summary>
    public async Task<IReadOnlyList<AgentNow>> AgentsAsync(
        IReadOnlyCollection<Guid> ids,
        CancellationToken ct
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Agents.AsNoTracking()
            .Where(a => ids.Contains(a.Id))
            .Select(a => new AgentNow(a.Id, a.Status, a.CurrentTaskCount, a.MaxConcurrentTasks))
            .ToListAsync(ct);
    }
}
