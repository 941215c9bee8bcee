using Dashboard.Domain.Time;

namespace Dashboard.Domain.Agents;

/// <summary>Whether an agent can take a task now.</summary>
/// <param name="Reason">Why not, in a sentence; null when it can.</param>
/// <param name="NextAt">UTC; when it could again by the clock alone; null when that depends on something else, or it can now.</param>
public readonly record struct Availability(string? Reason, DateTime? NextAt)
{
    /// <summary>It can take a task.</summary>
    public bool IsAvailable => Reason is null;
}

/// <summary>Status, operator's wish, working hours in the agent's zone, and capacity, in that order.</summary>
public static class AgentAvailability
{
    /// <summary>Whether the agent can take a task at an instant.</summary>
    /// <param name="agent">Working hours with start = end, or none, are round the clock; an unknown zone is never in hours.</param>
    /// <param name="utc">The instant.</param>
    public static Availability At(Agent agent, DateTime utc)
    {
        if (Refusal(agent) is { } refusal)
        {
            return new Availability(refusal, null);
        }
        var opens = InHoursFrom(agent, utc);
        if (opens is null)
        {
            return new Availability(
                $"The agent's time zone '{agent.Timezone}' is not known, so its working hours cannot be checked.",
                null
            );
        }
        if (opens > utc)
        {
            return new Availability(
                $"Outside working hours ({agent.WorkingHoursStart:HH\\:mm}–{agent.WorkingHoursEnd:HH\\:mm} {agent.Timezone}).",
                opens
            );
        }
        return agent.CurrentTaskCount >= agent.MaxConcurrentTasks
            ? new Availability(
                $"At capacity: {agent.CurrentTaskCount} of {agent.MaxConcurrentTasks} tasks.",
                null
            )
            : default;
    }

    /// <summary>The first instant at or after <paramref name="utc"/> inside the agent's working hours; null when its zone is not known.</summary>
    public static DateTime? InHoursFrom(Agent agent, DateTime utc)
    {
        var (start, end) = (agent.WorkingHoursStart, agent.WorkingHoursEnd);
        if (start == end)
        {
            return utc;
        }
        if (LocalZone.Find(agent.Timezone ?? "UTC") is not { } zone)
        {
            return null;
        }
        var hours = WeekHours.Daily(start ?? TimeOnly.MinValue, end ?? TimeOnly.MinValue);
        var opens = hours.Earliest(zone, utc.Ticks);
        return opens == WeekHours.Never ? utc : new DateTime(opens, DateTimeKind.Utc);
    }

    private static string? Refusal(Agent agent) =>
        (agent.Status, agent.Config?.Wish) switch
        {
            (AgentStatus.Offline, _) => "Offline: no heartbeat.",
            (AgentStatus.Error, _) =>
                "In error after repeated failures; resume it to use it again.",
            (_, AgentWish.Pause) => "Paused by an operator.",
            (_, AgentWish.Drain) => "Draining: it finishes what it has and takes nothing new.",
            _ => null,
        };
}
