using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>What a change does to one rule.</summary>
/// <param name="Edit">As it was asked for.</param>
/// <param name="Name">The rule.</param>
/// <param name="Diff">Before and after.</param>
/// <param name="IsStale">The rule is not the one any more that the change was made from: it has to be edited before it can be applied.</param>
public sealed record RuleEditRow(RuleEdit Edit, string Name, RuleDiff Diff, bool IsStale);

/// <summary>A change of rules, for the list of changes and for whoever decides it.</summary>
public sealed record RuleChangeRow
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it does.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required RuleChangeStatus Status { get; init; }

    /// <summary>To be named when it is approved or edited.</summary>
    public required int Revision { get; init; }

    /// <summary>Why.</summary>
    public string? Note { get; init; }

    /// <summary>UTC; null = as soon as it is approved.</summary>
    public DateTime? ActivatesAt { get; init; }

    /// <summary>Key of who asked: may edit and withdraw it, never approve it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>That one's name.</summary>
    public required string RequestedByName { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime RequestedAt { get; init; }

    /// <summary>Name of who approved or rejected.</summary>
    public string? DecidedByName { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? DecidedAt { get; init; }

    /// <summary>Why it was rejected, or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? AppliedAt { get; init; }

    /// <summary>Rule by rule.</summary>
    public required IReadOnlyList<RuleEditRow> Edits { get; init; }

    /// <summary>Something can still be done with it.</summary>
    public bool IsOpen => Status is RuleChangeStatus.Pending or RuleChangeStatus.Approved;
}
