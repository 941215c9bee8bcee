using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Features.Tasks;

/// <summary>What the queue can be sorted by.</summary>
public enum TaskSort
{
    /// <summary>When it is due.</summary>
    Due,

    /// <summary>Urgent first, then when it is due.</summary>
    Priority,

    /// <summary>When it was made.</summary>
    Age,
}

/// <summary>What an open task waits for.</summary>
public enum TaskWait
{
    /// <summary>The gate wants a person's approval.</summary>
    Approval,

    /// <summary>The gate allows no contact yet.</summary>
    Gate,

    /// <summary>No agent had capacity in its working hours.</summary>
    Agent,

    /// <summary>Nothing: it should have started at least 15 minutes ago.</summary>
    Late,
}

/// <summary>Which tasks the queue shows and in which order; the same thing as the page's query string.</summary>
public sealed record TaskListFilter
{
    /// <summary>The states of work that is not over; what the page shows when the URL names none.</summary>
    public static IReadOnlyList<AgentTaskStatus> Open { get; } =
    [AgentTaskStatus.Pending, AgentTaskStatus.Assigned, AgentTaskStatus.InProgress];

    /// <summary>States to show; empty = <see cref="Open"/>.</summary>
    public IReadOnlyList<AgentTaskStatus> States { get; init; } = [];

    /// <summary>Types to show; empty = all.</summary>
    public IReadOnlyList<TaskType> Types { get; init; } = [];

    /// <summary>Priorities to show; empty = all.</summary>
    public IReadOnlyList<TaskPriority> Priorities { get; init; } = [];

    /// <summary>One agent's tasks.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Only tasks that no agent has.</summary>
    public bool Unassigned { get; init; }

    /// <summary>One customer's tasks.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>One campaign's tasks.</summary>
    public Guid? CampaignId { get; init; }

    /// <summary>Only tasks about an invoice that is at least this many days overdue.</summary>
    public int? OverdueDays { get; init; }

    /// <summary>Only tasks that wait for this.</summary>
    public TaskWait? Waits { get; init; }

    /// <summary>Part of a company's name, a contact's name or an invoice number.</summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public TaskSort Sort { get; init; }

    /// <summary>The order turned round.</summary>
    public bool Descending { get; init; }

    /// <summary>States that are shown: <see cref="States"/>, or the open ones.</summary>
    public IReadOnlyList<AgentTaskStatus> ShownStates => States.Count == 0 ? Open : States;

    /// <summary>True when anything but the order is chosen.</summary>
    public bool IsNarrowed =>
        this with { Sort = default, Descending = false } != new TaskListFilter();

    /// <summary>Reads the query string; what cannot be read is left out.</summary>
    public static TaskListFilter From(TaskListParameters query) =>
        new()
        {
            States =
                query.State == "all"
                    ? [.. Enum.GetValues<AgentTaskStatus>()]
                    : Words<AgentTaskStatus>(query.State),
            Types = Words<TaskType>(query.Type),
            Priorities = Words<TaskPriority>(query.Priority),
            AgentId = Guid.TryParse(query.Agent, out var agent) ? agent : null,
            Unassigned = query.Agent == "none",
            CustomerId = query.Customer,
            CampaignId = query.Campaign,
            OverdueDays = query.Overdue is > 0 ? query.Overdue : null,
            Waits = EnumText.TryParse<TaskWait>(query.Waits, out var waits) ? waits : null,
            Text = string.IsNullOrWhiteSpace(query.Q) ? null : query.Q.Trim(),
            Sort = EnumText.TryParse<TaskSort>(query.Sort?.TrimStart('-'), out var sort)
                ? sort
                : TaskSort.Due,
            Descending = query.Sort?.StartsWith('-') == true,
        };

    /// <summary>The query string's parameters; null takes a parameter out.</summary>
    public Dictionary<string, object?> ToParameters() =>
        new(StringComparer.Ordinal)
        {
            ["state"] =
                States.Count == Enum.GetValues<AgentTaskStatus>().Length ? "all" : Join(States),
            ["type"] = Join(Types),
            ["priority"] = Join(Priorities),
            ["agent"] = Unassigned ? "none" : AgentId?.ToString(),
            ["customer"] = CustomerId,
            ["campaign"] = CampaignId,
            ["overdue"] = OverdueDays,
            ["waits"] = Waits?.ToText(),
            ["q"] = Text,
            ["sort"] =
                Sort == TaskSort.Due && !Descending
                    ? null
                    : (Descending ? "-" : "") + Sort.ToText(),
        };

    /// <inheritdoc />
    public bool Equals(TaskListFilter? other) => other is not null && Key() == other.Key();

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key());

    private string Key() => string.Join('&', ToParameters().Select(p => $"{p.Key}={p.Value}"));

    private static List<T> Words<T>(string? list)
        where T : struct, Enum =>
        [
            .. (list ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(word => EnumText.TryParse<T>(word, out var value) ? value : (T?)null)
                .OfType<T>()
                .Distinct(),
        ];

    private static string? Join<T>(IReadOnlyList<T> values)
        where T : struct, Enum =>
        values.Count == 0 ? null : string.Join(',', values.Order().Select(v => v.ToText()));
}

/// <summary>The query string of <c>/tasks</c> as it came in.</summary>
/// <param name="State">Comma-separated states, or <c>all</c>.</param>
/// <param name="Type">Comma-separated types.</param>
/// <param name="Priority">Comma-separated priorities.</param>
/// <param name="Agent">An agent's id, or <c>none</c>.</param>
/// <param name="Customer">A customer's id.</param>
/// <param name="Campaign">A campaign's id.</param>
/// <param name="Overdue">Days overdue at least.</param>
/// <param name="Waits">A word of <see cref="TaskWait"/>.</param>
/// <param name="Q">Text to look for.</param>
/// <param name="Sort">A word of <see cref="TaskSort"/>, with a leading minus for the other way round.</param>
public sealed record TaskListParameters(
    string? State = null,
    string? Type = null,
    string? Priority = null,
    string? Agent = null,
    Guid? Customer = null,
    Guid? Campaign = null,
    int? Overdue = null,
    string? Waits = null,
    string? Q = null,
    string? Sort = null
);
