namespace Dashboard.Data.Compliance;

/// <summary>Section <c>Compliance</c>.</summary>
public sealed class ComplianceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Compliance";

    /// <summary>
    /// Nobody approves what they asked for themselves: a change of a rule, or a contact made by hand, waits for another
    /// officer.
    /// </summary>
    public bool FourEyes { get; set; }
}
