namespace Dashboard.Domain.Compliance;

/// <summary>What the gate says, from mildest to hardest; the hardest finding decides (compliance/README.md, precedence).</summary>
public enum GateVerdict
{
    /// <summary>Contact.</summary>
    Allowed,

    /// <summary>Contact, and note it.</summary>
    AllowedWithWarning,

    /// <summary>A human approves first.</summary>
    RequiresApproval,

    /// <summary>A human takes over.</summary>
    Escalate,

    /// <summary>No contact.</summary>
    Blocked,
}
