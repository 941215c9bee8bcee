using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Money in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">In that currency.</param>
public sealed record CampaignMoney(string Currency, decimal Amount);

/// <summary>One line of the list of campaigns.</summary>
public sealed record CampaignRow
{
    /// <summary>The campaign's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required CampaignStatus Status { get; init; }

    /// <summary>Steps that are behind it.</summary>
    public required int StepsBehind { get; init; }

    /// <summary>Steps in all.</summary>
    public required int Steps { get; init; }

    /// <summary>Channel of the step in hand or next; null when none is left.</summary>
    public StepChannel? Channel { get; init; }

    /// <summary>Whom it chases.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Whom it chases.</summary>
    public required string CompanyName { get; init; }

    /// <summary>IANA zone of the customer.</summary>
    public string? Timezone { get; init; }

    /// <summary>Outstanding of what it chases, by currency, largest first.</summary>
    public IReadOnlyList<CampaignMoney> Open { get; init; } = [];

    /// <summary>UTC; when the next step is looked at, or its waiting task falls due.</summary>
    public DateTime? NextAt { get; init; }

    /// <summary>Status of the task of the step in hand; null when it has none yet.</summary>
    public AgentTaskStatus? TaskStatus { get; init; }

    /// <summary>The gate's last decision about that task.</summary>
    public string? GateDecision { get; init; }

    /// <summary>Why that task waits, in the gate's words.</summary>
    public string? Explanation { get; init; }

    /// <summary>UTC; when a pause ends by itself.</summary>
    public DateTime? PausedUntil { get; init; }

    /// <summary>UTC.</summary>
    public DateTime StartDate { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? EndDate { get; init; }

    /// <summary>UTC; what an operator's command says it has seen.</summary>
    public DateTime UpdatedAt { get; init; }

    /// <summary>"3 of 5": the step in hand or next, of all.</summary>
    public int CurrentStep => Math.Min(StepsBehind + 1, Steps);
}

/// <summary>Where a page begins: after the row with these sort values.</summary>
/// <param name="Id">The last row of the page before.</param>
/// <param name="At">Its sort instant.</param>
/// <param name="Name">Its customer's name in lower case.</param>
public sealed record CampaignCursor(Guid Id, DateTime? At, string Name);

/// <summary>One page of campaigns.</summary>
/// <param name="Rows">The lines, in order.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Total">All that match, counted up to 10,000 plus one.</param>
public sealed record CampaignListPage(
    IReadOnlyList<CampaignRow> Rows,
    CampaignCursor? Next,
    int Total
);

/// <summary>A column of the board.</summary>
/// <param name="Title">"Step 2", "Paused", "Completed".</param>
/// <param name="Filter">The list of the same campaigns.</param>
/// <param name="Campaigns">How many.</param>
/// <param name="Money">What they chase, by currency, largest first.</param>
/// <param name="First">The first of them, at most <see cref="CampaignListQuery.BoardCards"/>.</param>
public sealed record BoardColumn(
    string Title,
    CampaignListFilter Filter,
    int Campaigns,
    IReadOnlyList<CampaignMoney> Money,
    IReadOnlyList<CampaignRow> First
);
