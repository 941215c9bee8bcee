namespace Dashboard.Domain.Compliance;

/// <summary>Whether a rule acts.</summary>
public enum RuleState
{
    /// <summary>It acts.</summary>
    On,

    /// <summary>It is ignored.</summary>
    Off,

    /// <summary>It is evaluated and logged, but does not act.</summary>
    Shadow,
}
