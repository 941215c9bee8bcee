using Dashboard.Domain.Contacts;

namespace Dashboard.Domain.Templates;

/// <summary>schema.md, templates.type.</summary>
public enum TemplateType
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>Text message.</summary>
    Sms,

    /// <summary>What to say on the phone.</summary>
    PhoneScript,
}

/// <summary>A communication template in Handlebars (schema.md, table 8).</summary>
public sealed class Template
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Unique, at most 100 characters; steps refer to it.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What it is.</summary>
    public TemplateType Type { get; set; }

    /// <summary>Where it goes.</summary>
    public Channel Channel { get; set; }

    /// <summary>Subject of an e-mail, at most 255 characters.</summary>
    public string? Subject { get; set; }

    /// <summary>Plain text.</summary>
    public string Content { get; set; } = string.Empty;

    /// <summary>HTML part of an e-mail.</summary>
    public string? HtmlContent { get; set; }

    /// <summary>Variables it uses, e.g. <c>customer.contact_name</c>.</summary>
    public string[]? Variables { get; set; }

    /// <summary><c>reminder</c>, <c>escalation</c>, <c>final_notice</c>, …</summary>
    public string? Category { get; set; }

    /// <summary>Inactive templates stop the send.</summary>
    public bool? IsActive { get; set; } = true;

    /// <summary>1, 2, …</summary>
    public int? Version { get; set; } = 1;

    /// <summary>Operator's name.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database.</summary>
    public DateTime UpdatedAt { get; set; }
}
