namespace Dashboard.Domain.Agents;

/// <summary>What an agent does (schema.md, agents.type).</summary>
public enum AgentType
{
    /// <summary>Sends e-mail.</summary>
    Email,

    /// <summary>Calls.</summary>
    Phone,

    /// <summary>Sends text messages.</summary>
    Sms,

    /// <summary>Researches customers.</summary>
    Research,
}

/// <summary>schema.md, agents.status; moves as architecture.md draws them.</summary>
public enum AgentStatus
{
    /// <summary>Ready, nothing to do.</summary>
    Idle,

    /// <summary>Working, with capacity left.</summary>
    Active,

    /// <summary>At capacity.</summary>
    Busy,

    /// <summary>Failed repeatedly.</summary>
    Error,

    /// <summary>No heartbeat.</summary>
    Offline,
}

/// <summary>A registered worker (schema.md, table 4). Never the operator.</summary>
public sealed class Agent
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>What it does.</summary>
    public AgentType Type { get; set; }

    /// <summary>How it is.</summary>
    public AgentStatus Status { get; set; }

    /// <summary>Task types it takes, e.g. <c>send_email</c>.</summary>
    public string[] Capabilities { get; set; } = [];

    /// <summary>Tasks in hand; never above <see cref="MaxConcurrentTasks"/>.</summary>
    public int? CurrentTaskCount { get; set; } = 0;

    /// <summary>Capacity, 1 or more.</summary>
    public int MaxConcurrentTasks { get; set; } = 5;

    /// <summary>Wall clock in <see cref="Timezone"/>, inclusive; null with the end means always.</summary>
    public TimeOnly? WorkingHoursStart { get; set; }

    /// <summary>Wall clock in <see cref="Timezone"/>, exclusive; before the start means over midnight.</summary>
    public TimeOnly? WorkingHoursEnd { get; set; }

    /// <summary>IANA name.</summary>
    public string? Timezone { get; set; } = "UTC";

    /// <summary>Name, provider, seat, operator's wish (pause, drain).</summary>
    public AgentConfig? Config { get; set; }

    /// <summary>Derived figures.</summary>
    public AgentPerformance? PerformanceMetrics { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>UTC; the last heartbeat.</summary>
    public DateTime? LastActiveAt { get; set; }
}
