using Dashboard.Domain.Customers;
using Dashboard.Domain.Payments;

namespace Dashboard.Domain.Campaigns;

/// <summary>schema.md, campaigns.status.</summary>
public enum CampaignStatus
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Running.</summary>
    Active,

    /// <summary>Held; <c>paused_until</c> resumes it by itself.</summary>
    Paused,

    /// <summary>Paid, or out of steps.</summary>
    Completed,

    /// <summary>Stopped by an operator.</summary>
    Cancelled,
}

/// <summary>Walks one customer through escalation steps (schema.md, table 5).</summary>
public sealed class Campaign
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>At most 255 characters.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whom it chases.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>The invoice it chases; null means all overdue invoices of the customer.</summary>
    public Guid? PaymentRecordId { get; set; }

    /// <summary>Where it stands.</summary>
    public CampaignStatus Status { get; set; }

    /// <summary>The steps, in order.</summary>
    public List<EscalationStep> EscalationSteps { get; set; } = [];

    /// <summary>Number of steps that are behind it: 0 = none; the step in hand or next has index <c>CurrentStep</c>.</summary>
    public int CurrentStep { get; set; }

    /// <summary>UTC; the first step's delay counts from here.</summary>
    public DateTime StartDate { get; set; }

    /// <summary>UTC; when it completed or was cancelled.</summary>
    public DateTime? EndDate { get; set; }

    /// <summary>UTC; when a pause ends by itself.</summary>
    public DateTime? PausedUntil { get; set; }

    /// <summary>Derived figures.</summary>
    public CampaignResults? Results { get; set; }

    /// <summary>Own limits; they can only tighten the rules.</summary>
    public CampaignConfig? Config { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Whom it chases.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The invoice it chases.</summary>
    public PaymentRecord? PaymentRecord { get; set; }
}
