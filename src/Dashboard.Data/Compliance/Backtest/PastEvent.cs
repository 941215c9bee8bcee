using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>What a past event was.</summary>
internal enum PastEventKind
{
    /// <summary>The customer wrote or called.</summary>
    Inbound,

    /// <summary>A contact that was made.</summary>
    Attempt,

    /// <summary>A contact that the gate refused.</summary>
    Refusal,
}

/// <summary>One contact, refusal or inbound contact, as the database has it.</summary>
internal sealed record PastEvent
{
    public required Guid CustomerId { get; init; }

    public required DateTime At { get; init; }

    public required PastEventKind Kind { get; init; }

    public required Guid Id { get; init; }

    public Guid TaskId { get; init; }

    public Guid? CampaignId { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>The attempt's status, or the refusal's verdict, in a word of the schema.</summary>
    public required string Status { get; init; }

    public int? Duration { get; init; }

    /// <summary>Invoices as JSON text; null = none is named.</summary>
    public string? Debts { get; init; }

    /// <summary>E.g. <c>optout_confirmation</c>; null = collection.</summary>
    public string? Purpose { get; init; }

    /// <summary>Of a refusal: when it would have cleared.</summary>
    public DateTime? NextAllowedAt { get; init; }

    /// <summary>Of a refusal: what the other rules said.</summary>
    public GateVerdict Others { get; init; }
}
