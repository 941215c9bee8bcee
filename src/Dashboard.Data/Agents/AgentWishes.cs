using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Agents;

/// <summary>The agent takes nothing new; what waits for it alone goes back to everyone.</summary>
public sealed record PauseAgent(Guid AgentId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Supervisors;

    /// <inheritdoc />
    public CommandTarget Target => new("agent", AgentId, "paused");

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => AgentWishes.SetAsync(context, AgentId, AgentWish.Pause, cancellationToken);
}

/// <summary>The agent finishes what it has and takes nothing new.</summary>
public sealed record DrainAgent(Guid AgentId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Supervisors;

    /// <inheritdoc />
    public CommandTarget Target => new("agent", AgentId, "draining");

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => AgentWishes.SetAsync(context, AgentId, AgentWish.Drain, cancellationToken);
}

/// <summary>The agent takes tasks again; one in <c>error</c> gets a fresh start.</summary>
public sealed record ResumeAgent(Guid AgentId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Supervisors;

    /// <inheritdoc />
    public CommandTarget Target => new("agent", AgentId, "resumed");

    /// <inheritdoc />
    public Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) => AgentWishes.SetAsync(context, AgentId, AgentWish.Run, cancellationToken);
}

internal static class AgentWishes
{
    private const string ReleasePinned = """
        UPDATE tasks SET assigned_agent_id = NULL WHERE assigned_agent_id = @id AND status = 'pending'
        """;

    public static async Task<Result<Nothing>> SetAsync(
        CommandContext context,
        Guid agentId,
        AgentWish wish,
        CancellationToken cancellationToken
    )
    {
        var agent = await context.Db.Agents.SingleOrDefaultAsync(
            a => a.Id == agentId,
            cancellationToken
        );
        if (agent is null)
        {
            return Error.NotFound("This agent does not exist any more.");
        }

        var config = agent.Config ?? new AgentConfig();
        config.Wish = wish;
        agent.Config = config;
        if (wish == AgentWish.Run)
        {
            config.ConsecutiveFailures = 0;
            agent.Status = agent.Status == AgentStatus.Error ? AgentStatus.Idle : agent.Status;
        }
        else
        {
            await context.ExecuteAsync(
                ReleasePinned,
                p => p.AddWithValue("id", agentId),
                cancellationToken
            );
        }

        return default(Nothing);
    }
}
