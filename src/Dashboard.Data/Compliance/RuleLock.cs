namespace Dashboard.Data.Compliance;

/// <summary>
/// The advisory lock between rules and contacts: a transaction that judges contacts shares it before it reads the rules, a
/// change of <c>compliance_rules</c> takes it alone (trigger <c>keep_compliance_rules_version</c>).
/// </summary>
public static class RuleLock
{
    /// <summary>Shares it until the transaction ends.</summary>
    public const string Share = "SELECT pg_advisory_xact_lock_shared(7102301)";

    /// <summary>
    /// Takes it alone until the transaction ends, as the trigger would: a change of several rules takes it before its first
    /// row, or two of them could wait for each other.
    /// </summary>
    public const string Take = "SELECT pg_advisory_xact_lock(7102301)";
}
