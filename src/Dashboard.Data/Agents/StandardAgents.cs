using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Agents;

/// <summary>The engine's own agents of a new installation. They work round the clock; the gate keeps the customers' hours.</summary>
public static class StandardAgents
{
    /// <summary>Fresh rows, offline until the engine says that they are alive.</summary>
    public static IReadOnlyList<Agent> Create() =>
        [
            Agent("E-mail agent 1", AgentType.Email, 20),
            Agent("E-mail agent 2", AgentType.Email, 20),
            Agent("SMS agent 1", AgentType.Sms, 20),
            Agent("Phone agent 1", AgentType.Phone, 3),
            Agent("Phone agent 2", AgentType.Phone, 3),
            Agent("Research agent 1", AgentType.Research, 5),
        ];

    private static Agent Agent(string name, AgentType type, int capacity) =>
        new()
        {
            Type = type,
            Status = AgentStatus.Offline,
            Capabilities = [TaskTypes.Of(type).ToText()],
            MaxConcurrentTasks = capacity,
            Timezone = "UTC",
            Config = new AgentConfig { Name = name, Seat = AgentSeat.Software },
            PerformanceMetrics = new AgentPerformance(),
        };
}
