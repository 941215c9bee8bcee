using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Features.Tasks;

/// <summary>One line of the queue.</summary>
public sealed record TaskRow
{
    /// <summary>The task's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required AgentTaskStatus Status { get; init; }

    /// <summary>How soon.</summary>
    public required TaskPriority Priority { get; init; }

    /// <summary>What to do.</summary>
    public required TaskType Type { get; init; }

    /// <summary>1-based step of the campaign.</summary>
    public int? StepNumber { get; init; }

    /// <summary>The way it goes.</summary>
    public StepChannel? Channel { get; init; }

    /// <summary>Whom it is about.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Whom it is about.</summary>
    public required string CompanyName { get; init; }

    /// <summary>IANA name of the customer's zone.</summary>
    public string? Timezone { get; init; }

    /// <summary>Outstanding, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>Further currencies in which the customer owes overdue invoices.</summary>
    public int OtherCurrencies { get; init; }

    /// <summary>Of the oldest invoice the task is about; below 1 = not overdue.</summary>
    public int? DaysOverdue { get; init; }

    /// <summary>Who does it.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Who does it.</summary>
    public string? AgentName { get; init; }

    /// <summary>UTC; not before this instant.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime UpdatedAt { get; init; }

    /// <summary>Attempts made.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts allowed.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>The gate's last decision word.</summary>
    public string? GateDecision { get; init; }

    /// <summary>UTC; the gate's next allowed instant.</summary>
    public DateTime? NextAllowedAt { get; init; }

    /// <summary>The gate's sentence.</summary>
    public string? Explanation { get; init; }

    /// <summary>Why the task exists or why it ended.</summary>
    public string? Reason { get; init; }

    /// <summary>What came of it.</summary>
    public string? Outcome { get; init; }
}

/// <summary>Where a page of the queue begins: after the row with these sort values.</summary>
/// <param name="Id">The last row of the page before.</param>
/// <param name="At">Its sort instant; null when it has none.</param>
/// <param name="Rank">Its priority's rank, when sorted by priority.</param>
public sealed record TaskCursor(Guid Id, DateTime? At, int Rank);

/// <summary>One page of the queue.</summary>
/// <param name="Rows">The lines, in order.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Total">All that match, counted up to <see cref="TaskListQuery.CountLimit"/> plus one.</param>
public sealed record TaskPage(IReadOnlyList<TaskRow> Rows, TaskCursor? Next, int Total);
