using Dashboard.Data;
using Dashboard.Domain.Agents;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Tasks;

/// <summary>An agent to choose: for the filter and for reassigning.</summary>
/// <param name="Id">The agent's key.</param>
/// <param name="Name">On screen.</param>
/// <param name="Type">What it can take.</param>
public sealed record AgentChoice(Guid Id, string Name, AgentType Type);

/// <summary>Reads the agents to choose from, by name.</summary>
public sealed class AgentChoiceQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>All agents.</summary>
    public async Task<IReadOnlyList<AgentChoice>> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var agents = await db
            .Agents.AsNoTracking()
            .Select(a => new
            {
                a.Id,
                a.Config,
                a.Type,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. agents
                .Select(a => new AgentChoice(a.Id, a.Config?.Name ?? $"{a.Type} agent", a.Type))
                .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
