using System.Text.Json;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>A contact attempt as the database holds it.</summary>
internal sealed record AttemptRow
{
    internal required Guid Id { get; init; }

    internal required Guid TaskId { get; init; }

    internal Guid? CampaignId { get; init; }

    internal required Channel Channel { get; init; }

    /// <summary>How far it got in the end.</summary>
    internal required ContactStatus Status { get; init; }

    /// <summary>UTC; the instant of the reservation.</summary>
    internal required DateTime At { get; init; }

    internal int? DurationSeconds { get; init; }

    internal IReadOnlyList<string> Debts { get; init; } = [];

    internal string? Purpose { get; init; }

    internal bool HasClearance { get; init; }

    /// <summary>
    /// The clearance's count of earlier attempts: it tells which of several reservations of one instant came first.
    /// </summary>
    internal int? Seen { get; init; }

    /// <summary>The rules and versions its clearance names.</summary>
    internal IReadOnlyList<(Guid Rule, DateTime Version)> Named { get; init; } = [];
}

/// <summary>A row of a table of facts, now and as it was.</summary>
/// <param name="Source">The table.</param>
/// <param name="Key">Its key.</param>
/// <param name="Current">As it is; null = it is gone.</param>
/// <param name="Before">What it was until when, oldest first.</param>
internal sealed record FactRow(
    string Source,
    Guid Key,
    JsonElement? Current,
    IReadOnlyList<(JsonElement Row, DateTime Until)> Before
)
{
    /// <summary>The row as it was; null = gone by then. What was first recorded is taken to have held before.</summary>
    internal JsonElement? At(DateTime instant)
    {
        foreach (var (row, until) in Before)
        {
            if (instant < until)
            {
                return row;
            }
        }

        return Current;
    }
}

/// <summary>A decision that let one task through a rule that asks for approval.</summary>
internal sealed record ApprovalRow(
    Guid TaskId,
    IReadOnlyCollection<string> Rules,
    DateTime DecidedAt,
    DateTime? ExpiresAt
);

/// <summary>The limits of a campaign, now and as they were.</summary>
internal sealed record CampaignRow(
    LimitsThen? Current,
    IReadOnlyList<(LimitsThen? Limits, DateTime Until)> Before
)
{
    internal LimitsThen? At(DateTime instant)
    {
        foreach (var (limits, until) in Before)
        {
            if (instant < until)
            {
                return limits;
            }
        }

        return Current;
    }
}

/// <summary>Everything on file about one customer that a contact is judged by; what a proof reads, and what it plants into.</summary>
internal sealed record CustomerRecord
{
    internal required Guid Id { get; init; }

    internal required string Name { get; init; }

    /// <summary>Part of the invented company's book.</summary>
    internal bool IsDemo { get; init; }

    /// <summary>By instant; what was reserved at one instant in the order of the reservations.</summary>
    internal IReadOnlyList<AttemptRow> Attempts { get; init; } = [];

    /// <summary>Contacts the customer started.</summary>
    internal IReadOnlyList<OnRecord> Inbound { get; init; } = [];

    internal IReadOnlyList<FactRow> Facts { get; init; } = [];

    internal IReadOnlyList<ApprovalRow> Approvals { get; init; } = [];

    internal IReadOnlyDictionary<Guid, CampaignRow> Campaigns { get; init; } =
        new Dictionary<Guid, CampaignRow>();
}
