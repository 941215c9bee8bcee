using Dashboard.Data.Commands;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Tasks;

/// <summary>An agent that acts itself: a person's, or another program's.</summary>
internal static class ActingAgent
{
    /// <summary>The agent, or why it cannot act.</summary>
    public static async Task<Result<Agent>> FindAsync(
        CommandContext context,
        Guid agentId,
        CancellationToken cancellationToken
    )
    {
        var agent = await context
            .Db.Agents.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == agentId, cancellationToken);
        return agent switch
        {
            null => Error.NotFound("This agent does not exist."),
            { Config: null or { Seat: AgentSeat.Software } } => Error.IllegalTransition(
                $"{agent.Config?.Name ?? "This agent"} is the engine's own: it takes its tasks by itself. Use an agent whose seat is human or external."
            ),
            { Type: AgentType.Research } => Error.IllegalTransition(
                "Research is the engine's work; this agent can take no tasks."
            ),
            _ => agent,
        };
    }

    /// <summary>Its hold on a task, as JSON.</summary>
    public static string Lease(Guid agentId, DateTime until) =>
        JsonShape.Write(new TaskLease { Until = until, Token = AgentLease.Token(agentId) });
}
