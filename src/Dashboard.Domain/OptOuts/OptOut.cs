using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.OptOuts;

/// <summary>schema.md, opt_outs.channel.</summary>
public enum OptOutChannel
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>Phone.</summary>
    Phone,

    /// <summary>Text messages.</summary>
    Sms,

    /// <summary>Every channel.</summary>
    All,
}

/// <summary>A customer's wish not to be contacted (schema.md, table 10). Start inclusive, end exclusive.</summary>
public sealed class OptOut
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose wish.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>Which channel.</summary>
    public OptOutChannel Channel { get; set; }

    /// <summary>In the customer's words.</summary>
    public string? Reason { get; set; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime OptedOutAt { get; set; }

    /// <summary>UTC, exclusive; null = for good.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>Where it came from.</summary>
    public OptOutMetadata? Metadata { get; set; }

    /// <summary>Whose wish.</summary>
    public Customer? Customer { get; set; }
}

/// <summary>opt_outs.metadata.</summary>
public sealed class OptOutMetadata : JsonDocumentShape
{
    /// <summary><c>operator</c>, <c>unsubscribe_link</c>, <c>sms</c>, <c>import</c>, …</summary>
    public string? Source { get; set; }
}
