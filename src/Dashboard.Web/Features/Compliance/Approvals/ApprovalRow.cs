using Dashboard.Data.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>One line of the list.</summary>
public sealed record ApprovalRow
{
    /// <summary>The request's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The task that asks.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Where it stands; an approval that ran out unused is <see cref="ApprovalStatus.Expired"/>.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>The way it would go.</summary>
    public required Channel Channel { get; init; }

    /// <summary>What to do.</summary>
    public required TaskType Type { get; init; }

    /// <summary>1-based step of the campaign.</summary>
    public int? StepNumber { get; init; }

    /// <summary>Whom it would contact.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Whom it would contact.</summary>
    public required string CompanyName { get; init; }

    /// <summary>IANA name of the customer's zone.</summary>
    public string? Timezone { get; init; }

    /// <summary>The campaign; null for a contact made by hand.</summary>
    public Guid? CampaignId { get; init; }

    /// <summary>Its name.</summary>
    public string? CampaignName { get; init; }

    /// <summary>Outstanding, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>Further currencies in which the customer owes.</summary>
    public int OtherCurrencies { get; init; }

    /// <summary>Of the oldest invoice; below 1 = not overdue.</summary>
    public int? DaysOverdue { get; init; }

    /// <summary>Where a rejected step goes on.</summary>
    public Channel? FallbackChannel { get; init; }

    /// <summary>The rule that asks.</summary>
    public required string Rule { get; init; }

    /// <summary>Its sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime RequestedAt { get; init; }

    /// <summary>UTC; also when it was withdrawn.</summary>
    public DateTime? DecidedAt { get; init; }

    /// <summary>Name of who decided; null for what ended by itself.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why.</summary>
    public string? Note { get; init; }

    /// <summary>UTC, exclusive; an approval holds until then.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>UTC; when the approved contact was made.</summary>
    public DateTime? ContactedAt { get; init; }
}

/// <summary>Where a page begins: after the row with these values.</summary>
public sealed record ApprovalCursor(Guid Id, DateTime At);

/// <summary>One page.</summary>
/// <param name="Rows">The lines, in order.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Total">All that match, counted up to <see cref="ApprovalListQuery.CountLimit"/> plus one.</param>
/// <param name="Rules">Rules to filter by.</param>
public sealed record ApprovalPage(
    IReadOnlyList<ApprovalRow> Rows,
    ApprovalCursor? Next,
    int Total,
    IReadOnlyList<string> Rules
);
