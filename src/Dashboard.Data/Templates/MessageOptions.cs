using System.ComponentModel.DataAnnotations;

namespace Dashboard.Data.Templates;

/// <summary>
/// What messages say of ourselves; part of the section <c>Engine</c>. The web process renders messages too (to be approved,
/// to be looked at) and has no engine.
/// </summary>
public class MessageOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Engine";

    /// <summary>The company in whose name contacts go out; the variable <c>company.name</c>.</summary>
    [Required, MaxLength(255)]
    public string CompanyName { get; set; } = "Accounts Receivable";
}
