using System.Text.Json.Serialization;
using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Rules;

/// <summary>What is done to a rule.</summary>
public enum RuleEditKind
{
    /// <summary>A new rule, or new contents of one.</summary>
    Save,

    /// <summary>Only on, off or shadow.</summary>
    SetState,

    /// <summary>The rule goes; its versions stay.</summary>
    Delete,
}

/// <summary>Which rule of a pack a rule is.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Rule">The rule in it.</param>
/// <param name="Version">The pack's version whose text it has; null = changed by an officer.</param>
public sealed record PackOrigin(string Id, string Rule, int? Version);

/// <summary>One step of a change of rules, as <c>ops.rule_changes.drafts</c> holds it: <c>[{kind, …}]</c>.</summary>
public sealed record RuleEdit
{
    /// <summary>What is done.</summary>
    public RuleEditKind Kind { get; init; }

    /// <summary>The rule as it shall be; only to save.</summary>
    public RuleDraft? Draft { get; init; }

    /// <summary>The rule; null for a new one.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>UTC; the version (<c>updated_at</c>) that was seen. Null for a rule that does not exist.</summary>
    public DateTime? BasedOn { get; init; }

    /// <summary>Only to set the state.</summary>
    public RuleState? State { get; init; }

    /// <summary>The pack it comes from; only to save, null leaves it as it is.</summary>
    public PackOrigin? Pack { get; init; }

    /// <summary>Not of a pack any more.</summary>
    public bool LeavesPack { get; init; }

    /// <summary>Saves a draft; its own rule and version count.</summary>
    public static RuleEdit Save(RuleDraft draft, PackOrigin? pack = null) =>
        new()
        {
            Kind = RuleEditKind.Save,
            Draft = draft,
            RuleId = draft.RuleId,
            BasedOn = draft.BasedOn,
            Pack = pack,
        };

    /// <summary>Turns a rule on, off or to shadow.</summary>
    public static RuleEdit Set(Guid ruleId, RuleState state, DateTime basedOn) =>
        new()
        {
            Kind = RuleEditKind.SetState,
            RuleId = ruleId,
            State = state,
            BasedOn = basedOn,
        };

    /// <summary>Deletes a rule.</summary>
    public static RuleEdit Remove(Guid ruleId, DateTime basedOn) =>
        new()
        {
            Kind = RuleEditKind.Delete,
            RuleId = ruleId,
            BasedOn = basedOn,
        };

    /// <summary>Makes a pack's rule one of our own.</summary>
    internal static RuleEdit Keep(RuleDraft draft) => Save(draft) with { LeavesPack = true };

    /// <summary>The rule exists already.</summary>
    [JsonIgnore]
    internal bool ChangesExisting => BasedOn is not null;
}

/// <summary>How far a change came.</summary>
public enum RuleChangeProgress
{
    /// <summary>Everything was so already.</summary>
    Nothing,

    /// <summary>It is in force.</summary>
    Applied,

    /// <summary>Another officer has to approve it.</summary>
    WaitsForApproval,

    /// <summary>Its time came and it could not be applied; the change says why.</summary>
    Failed,

    /// <summary>It comes into force by itself at its time.</summary>
    WaitsForTime,
}

/// <summary>What became of a change of rules.</summary>
/// <param name="Progress">How far it came.</param>
/// <param name="ChangeId">The row of <c>ops.rule_changes</c>; null when it was applied without one.</param>
/// <param name="RuleIds">The rules it wrote; empty while it waits.</param>
public sealed record RuleChangeOutcome(
    RuleChangeProgress Progress,
    Guid? ChangeId,
    IReadOnlyList<Guid> RuleIds
)
{
    /// <summary>Rules of a pack that were left alone, each with the reason.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>UTC; when it comes into force by itself.</summary>
    public DateTime? ActivatesAt { get; init; }

    /// <summary>One sentence for a toast.</summary>
    public string Sentence =>
        Progress switch
        {
            RuleChangeProgress.Nothing => "Nothing to change: it was so already.",
            RuleChangeProgress.Applied => "In force from now on.",
            RuleChangeProgress.Failed => "It could not be applied.",
            RuleChangeProgress.WaitsForApproval => "Waits for the approval of another officer.",
            _ => $"Comes into force on {ActivatesAt:d MMM yyyy HH:mm} UTC.",
        };
}
