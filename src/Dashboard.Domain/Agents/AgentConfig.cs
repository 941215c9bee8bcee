using Dashboard.Domain.Json;

namespace Dashboard.Domain.Agents;

/// <summary>Who sits at the agent (contracts.md, agents.config.seat).</summary>
public enum AgentSeat
{
    /// <summary>The engine itself.</summary>
    Software,

    /// <summary>A person at the call console.</summary>
    Human,

    /// <summary>Another program, through the API.</summary>
    External,
}

/// <summary>An operator's wish, beside the status (architecture.md, "State machines").</summary>
public enum AgentWish
{
    /// <summary>Take tasks.</summary>
    Run,

    /// <summary>Take nothing new; hand back what has not started.</summary>
    Pause,

    /// <summary>Finish what is in hand, take nothing new.</summary>
    Drain,
}

/// <summary>contracts.md, agents.config. Never secrets.</summary>
public sealed class AgentConfig : JsonDocumentShape
{
    /// <summary>Name on screen; at most 100 characters.</summary>
    public string? Name { get; set; }

    /// <summary><c>smtp</c>, <c>simulated</c>, …</summary>
    public string? Provider { get; set; }

    /// <summary>Who sits there.</summary>
    public AgentSeat Seat { get; set; }

    /// <summary>What the operator wishes.</summary>
    public AgentWish Wish { get; set; }

    /// <summary>Failures in a row; at the limit the agent goes to <c>error</c>.</summary>
    public int ConsecutiveFailures { get; set; }
}

/// <summary>contracts.md, agents.performance_metrics.</summary>
public sealed class AgentPerformance : JsonDocumentShape
{
    /// <summary>Tasks completed, ever.</summary>
    public long TasksCompleted { get; set; }

    /// <summary>Tasks failed, ever.</summary>
    public long TasksFailed { get; set; }

    /// <summary>0 to 1.</summary>
    public decimal? SuccessRate { get; set; }

    /// <summary>Seconds from start to finish of a task, on average.</summary>
    public decimal? AvgResponseTime { get; set; }
}
