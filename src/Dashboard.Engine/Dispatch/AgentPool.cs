using Dashboard.Data.Sql;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Engine.Dispatch;

/// <summary>The engine's own agents of the kinds a batch needs, with the places this batch has taken.</summary>
internal sealed class AgentPool
{
    private readonly List<Agent> _agents;
    private readonly DateTime _now;

    private AgentPool(List<Agent> agents, DateTime now)
    {
        _agents = agents;
        _now = now;
    }

    /// <summary>Reads the agents; with <paramref name="forUpdate"/> holds them, in the order of their ids, until the commit.</summary>
    public static async Task<AgentPool> LoadAsync(
        NpgsqlConnection connection,
        IEnumerable<AgentType> types,
        bool forUpdate,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var sql =
            SqlFile.Read<AgentPool>("Agents") + (forUpdate ? " FOR NO KEY UPDATE" : string.Empty);
        await using var command = connection.Command(
            sql,
            Statement.Texts(types.Select(t => t.ToText()))
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var agents = new List<Agent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            agents.Add(Read(reader));
        }

        return new AgentPool(agents, now);
    }

    /// <summary>Free places of one kind, working hours and wishes considered.</summary>
    public int FreePlaces(AgentType type) =>
        _agents.Where(a => a.Type == type && IsAvailable(a)).Sum(Free);

    /// <summary>Takes a place at the emptiest agent, or at the one an operator chose; null when there is none.</summary>
    public Agent? Take(AgentType type, Guid? pinned)
    {
        var agent = _agents
            .Where(a => a.Type == type && (pinned is null || a.Id == pinned) && IsAvailable(a))
            .MinBy(a => (double)(a.CurrentTaskCount ?? 0) / a.MaxConcurrentTasks);
        if (agent is not null)
        {
            agent.CurrentTaskCount = (agent.CurrentTaskCount ?? 0) + 1;
        }

        return agent;
    }

    /// <summary>Why nobody can take a task of this kind: "All 3 phone agents are at capacity."</summary>
    public string Explain(AgentType type, Guid? pinned)
    {
        var word = type == AgentType.Email ? "e-mail" : type.ToText();
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
            { Status: AgentStatus.Offline } => "offline",
            { Status: AgentStatus.Error } => "in error",
            { Config.Wish: AgentWish.Pause } => "paused",
            { Config.Wish: AgentWish.Drain } => "draining",
            _ when AgentAvailability.InHoursFrom(agent, _now) is not { } opens || opens > _now =>
                "outside working hours",
            _ => "at capacity",
        };

    private bool IsAvailable(Agent agent) => AgentAvailability.At(agent, _now).IsAvailable;

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
