using Dashboard.Domain.Agents;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Live;

/// <summary>A task as the hub tells it.</summary>
public sealed record TaskNow(
    Guid Id,
    AgentTaskStatus Status,
    Guid CustomerId,
    Guid? CampaignId,
    Guid? AssignedAgentId
);

/// <summary>An agent as the hub tells it.</summary>
public sealed record AgentNow(
    Guid Id,
    AgentStatus Status,
    int? CurrentTaskCount,
    int MaxConcurrentTasks
);
