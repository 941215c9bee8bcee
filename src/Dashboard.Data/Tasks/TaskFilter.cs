using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Tasks;

/// <summary>Which tasks: the Tasks page's filter, and what "all that match" means to a bulk command.</summary>
public sealed record TaskFilter
{
    /// <summary>Any of these; empty = every status.</summary>
    public IReadOnlyList<AgentTaskStatus> Statuses { get; init; } = [];

    /// <summary>Any of these; empty = every type.</summary>
    public IReadOnlyList<TaskType> Types { get; init; } = [];

    /// <summary>Any of these; empty = every priority.</summary>
    public IReadOnlyList<TaskPriority> Priorities { get; init; } = [];

    /// <summary>Only this agent's.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Only this customer's.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Only this campaign's.</summary>
    public Guid? CampaignId { get; init; }

    /// <summary>The gate's last word (<c>context.gate.decision</c>), e.g. <c>blocked</c> or <c>no_agent</c>.</summary>
    public string? GateDecision { get; init; }

    /// <summary>Part of the customer's company or contact name; upper and lower case are the same.</summary>
    public string? Search { get; init; }

    /// <summary>Due before this instant, UTC.</summary>
    public DateTime? DueBefore { get; init; }

    /// <summary>The tasks of <paramref name="db"/> that match, in no order.</summary>
    public IQueryable<AgentTask> Apply(DashboardDb db)
    {
        var tasks = GateDecision is { } decision
            ? db.Tasks.FromSql(
                $"SELECT * FROM tasks WHERE context -> 'gate' ->> 'decision' = {decision}"
            )
            : db.Tasks;
        tasks = Statuses.Count > 0 ? tasks.Where(t => Statuses.Contains(t.Status)) : tasks;
        tasks = Types.Count > 0 ? tasks.Where(t => Types.Contains(t.Type)) : tasks;
        tasks = Priorities.Count > 0 ? tasks.Where(t => Priorities.Contains(t.Priority)) : tasks;
        tasks = AgentId is { } agent ? tasks.Where(t => t.AssignedAgentId == agent) : tasks;
        tasks = CustomerId is { } customer ? tasks.Where(t => t.CustomerId == customer) : tasks;
        tasks = CampaignId is { } campaign ? tasks.Where(t => t.CampaignId == campaign) : tasks;
        tasks = DueBefore is { } before ? tasks.Where(t => t.DueAt < before) : tasks;
        if (!string.IsNullOrWhiteSpace(Search))
        {
            var pattern = $"%{Escape(Search.Trim())}%";
            tasks = tasks.Where(t =>
                EF.Functions.ILike(t.Customer!.CompanyName, pattern)
                || EF.Functions.ILike(t.Customer.ContactName, pattern)
            );
        }

        return tasks;
    }

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}

/// <summary>The tasks a command is about: a list, or all that match a filter.</summary>
/// <param name="Ids">These tasks; null when <paramref name="Filter"/> says which.</param>
/// <param name="Filter">All that match, at the instant the command runs.</param>
public sealed record TaskSelection(IReadOnlyList<Guid>? Ids = null, TaskFilter? Filter = null)
{
    /// <summary>One task.</summary>
    public static TaskSelection One(Guid id) => new([id]);

    /// <summary>The single task, or empty: what an audit row of a refusal names.</summary>
    internal Guid Key => Ids is [var only] ? only : Guid.Empty;

    /// <summary>Ids of the selected tasks.</summary>
    internal async Task<Guid[]> ResolveAsync(DashboardDb db, CancellationToken cancellationToken)
    {
        if (Ids is not null)
        {
            return [.. Ids];
        }

        return Filter is null
            ? []
            : await Filter.Apply(db).Select(t => t.Id).ToArrayAsync(cancellationToken);
    }
}

/// <summary>What a bulk command did.</summary>
/// <param name="Changed">Tasks it changed.</param>
/// <param name="Skipped">Selected tasks that were in no state for it (done, cancelled, in progress).</param>
public sealed record TasksChanged(int Changed, int Skipped);
