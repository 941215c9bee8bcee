namespace Dashboard.Data.Compliance;

/// <summary>Section <c>Compliance</c>.</summary>
public sealed class ComplianceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Compliance";

    /// <summary>
    /// Every change of rules waits until a second compliance officer approves it, and nobody approves a contact they asked for
    /// themselves.
    /// </summary>
    public bool FourEyes { get; set; }
}
