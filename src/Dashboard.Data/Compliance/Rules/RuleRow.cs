using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>A change that concerns a rule and is not decided or not due yet.</summary>
/// <param name="Id">The change.</param>
/// <param name="Title">What it does.</param>
/// <param name="NeedsApproval">Otherwise it only waits for its time.</param>
/// <param name="ActivatesAt">UTC.</param>
/// <param name="RequestedBy">Key of who asked.</param>
public sealed record WaitingChange(
    Guid Id,
    string Title,
    bool NeedsApproval,
    DateTime? ActivatesAt,
    string RequestedBy
);

/// <summary>A rule for the list.</summary>
public sealed record RuleRow
{
    /// <summary>The rule with its settings and the version to base a change on.</summary>
    public required RuleDraft Rule { get; init; }

    /// <summary>Key.</summary>
    public Guid Id => Rule.RuleId!.Value;

    /// <summary>Null for a kind that is not known.</summary>
    public required RuleKind? Kind { get; init; }

    /// <summary>The rule in words.</summary>
    public required RuleSentence Sentence { get; init; }

    /// <summary>Why it cannot be read; while it is on with any, nobody is contacted.</summary>
    public required IReadOnlyList<Error> Faults { get; init; }

    /// <summary>The pack it is of; null = our own.</summary>
    public PackOrigin? Pack { get; init; }

    /// <summary>That pack's name.</summary>
    public string? PackName { get; init; }

    /// <summary>What waits to be done to it, oldest first.</summary>
    public required IReadOnlyList<WaitingChange> Waiting { get; init; }

    /// <summary>What it did in the last 30 days.</summary>
    public required RuleActivity Activity { get; init; }

    /// <summary>Whether it is dead.</summary>
    public RuleUse Use { get; init; }

    /// <summary>Why it is dead, in a sentence; null when it is not.</summary>
    public string? UseSentence => RuleUses.Explain(Use, Activity);

    /// <summary>It cannot be read.</summary>
    public bool IsBroken => Faults.Count > 0;

    /// <summary>Of a pack, and an officer changed it.</summary>
    public bool IsChangedFromPack => Pack is { Version: null };
}
