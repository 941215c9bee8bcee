using Dashboard.Data.Sql;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Data.Agents;

/// <summary>
/// The engine's own agents of the kinds a batch needs, or the one agent that starts a task itself, with the places that were
/// taken since.
/// </summary>
public sealed class AgentPool
{
    private readonly List<Agent> _agents;
    private readonly DateTime _now;

    /// <summary>An agent that acts itself is alive and at work, whatever its last heartbeat or its hours say.</summary>
    private readonly bool _actsItself;

    private AgentPool(List<Agent> agents, DateTime now, bool actsItself)
    {
        _agents = agents;
        _now = now;
        _actsItself = actsItself;
    }

    /// <summary>Reads the engine's own agents; with <paramref name="forUpdate"/> holds them, in the order of their ids, until the commit.</summary>
    public static Task<AgentPool> LoadAsync(
        NpgsqlConnection connection,
        IEnumerable<AgentType> types,
        bool forUpdate,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            connection.Command(
                SqlFile.Read<AgentPool>("Agents")
                    + (forUpdate ? " FOR NO KEY UPDATE" : string.Empty),
                Statement.Texts(types.Select(t => t.ToText()))
            ),
            now,
            false,
            cancellationToken
        );

    /// <summary>Reads and holds one agent that acts itself; the pool is empty when it does not exist or is the engine's own.</summary>
    public static Task<AgentPool> LoadOneAsync(
        NpgsqlConnection connection,
        Guid agentId,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            connection.Command(SqlFile.Read<AgentPool>("OneAgent"), Statement.Key(agentId)),
            now,
            true,
            cancellationToken
        );

    private static async Task<AgentPool> ReadAsync(
        NpgsqlCommand command,
        DateTime now,
        bool actsItself,
        CancellationToken cancellationToken
    )
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var agents = new List<Agent>();
            await reader.EachAsync(row => agents.Add(Read(row)), cancellationToken);
            return new AgentPool(agents, now, actsItself);
        }
    }

    /// <summary>Free places of one kind, working hours and wishes considered.</summary>
    public int FreePlaces(AgentType type) =>
        _agents.Where(a => a.Type == type && IsAvailable(a, AgentTaskStatus.Pending)).Sum(Free);

    /// <summary>Takes a place at the emptiest agent, or at the one it is meant for; null when there is none.</summary>
    /// <param name="type">The kind of agent.</param>
    /// <param name="pinned">The agent an operator chose or that has taken the task; null = any.</param>
    /// <param name="status">A task that its agent has taken already (assigned) holds its place.</param>
    public Agent? Take(AgentType type, Guid? pinned, AgentTaskStatus status)
    {
        var agent = _agents
            .Where(a =>
                a.Type == type && (pinned is null || a.Id == pinned) && IsAvailable(a, status)
            )
            .MinBy(a => (double)(a.CurrentTaskCount ?? 0) / a.MaxConcurrentTasks);
        if (agent is not null && status == AgentTaskStatus.Pending)
        {
            agent.CurrentTaskCount = (agent.CurrentTaskCount ?? 0) + 1;
        }

        return agent;
    }

    /// <summary>Why nobody can take a task of this kind: "All 3 phone agents are at capacity."</summary>
    public string Explain(AgentType type, Guid? pinned)
    {
        var word = type == AgentType.Email ? "e-mail" : type.ToText();
        if (_actsItself)
        {
            return _agents.Find(a => a.Type == type) is { } self
                ? $"{self.Config?.Name ?? "The agent"} is {Describe(self)}."
                : $"The agent does not take {word} tasks.";
        }

        var agents = _agents.Where(a => a.Type == type).ToList();
        if (pinned is { } id)
        {
            var chosen = agents.Find(a => a.Id == id);
            return chosen is null
                ? $"The agent chosen for it is no {word} agent of this engine."
                : $"Waits for {chosen.Config?.Name ?? "the chosen agent"}. {AgentAvailability.At(chosen, _now).Reason}";
        }

        if (agents.Count == 0)
        {
            return $"There is no {word} agent.";
        }

        var states = agents.GroupBy(Describe).OrderByDescending(g => g.Count()).ToList();
        var all =
            agents.Count == 1 ? $"The only {word} agent" : $"All {agents.Count} {word} agents";
        var verb = agents.Count == 1 ? "is" : "are";
        return states.Count == 1
            ? $"{all} {verb} {states[0].Key}."
            : $"No {word} agent is free: {string.Join(", ", states.Select(s => $"{s.Count()} {s.Key}"))}.";
    }

    private string Describe(Agent agent) =>
        agent switch
        {
            { Status: AgentStatus.Offline } when !_actsItself => "offline",
            { Status: AgentStatus.Error } when !_actsItself => "in error",
            { Config.Wish: AgentWish.Pause } => "paused",
            { Config.Wish: AgentWish.Drain } => "draining",
            _ when !_actsItself && !IsInHours(agent) => "outside working hours",
            _ => "at capacity",
        };

    private bool IsAvailable(Agent agent, AgentTaskStatus status) =>
        _actsItself
            ? (agent.Config?.Wish ?? AgentWish.Run) switch
            {
                AgentWish.Pause => false,
                AgentWish.Drain => status == AgentTaskStatus.Assigned,
                _ => status == AgentTaskStatus.Assigned || Free(agent) > 0,
            }
            : AgentAvailability.At(agent, _now).IsAvailable;

    private bool IsInHours(Agent agent) =>
        AgentAvailability.InHoursFrom(agent, _now) is { } opens && opens <= _now;

    private static int Free(Agent agent) =>
        agent.MaxConcurrentTasks - (agent.CurrentTaskCount ?? 0);

    private static Agent Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.GetGuid(0),
            Type = EnumText.Parse<AgentType>(reader.GetString(1)),
            Status = EnumText.Parse<AgentStatus>(reader.GetString(2)),
            CurrentTaskCount = reader.IsDBNull(3) ? 0 : reader.GetInt32(3),
            MaxConcurrentTasks = reader.GetInt32(4),
            WorkingHoursStart = reader.IsDBNull(5) ? null : reader.GetFieldValue<TimeOnly>(5),
            WorkingHoursEnd = reader.IsDBNull(6) ? null : reader.GetFieldValue<TimeOnly>(6),
            Timezone = reader.TextOrNull(7),
            Config = new AgentConfig
            {
                Wish = EnumText.TryParse<AgentWish>(reader.TextOrNull(8), out var wish)
                    ? wish
                    : AgentWish.Run,
                Name = reader.TextOrNull(9),
            },
        };
}
