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
    /// <summary>One of <see cref="OptOutSources"/>, or a word of whoever wrote the row.</summary>
    public string? Source { get; set; }

    /// <summary>What recording it did; of the latest wish when it was repeated.</summary>
    public OptOutReceipt? Receipt { get; set; }

    /// <summary>Set while it only waits for a person to read the customer's text messages.</summary>
    public OptOutHold? Hold { get; set; }

    /// <summary>Who ended it before its time, and why; null when nobody did.</summary>
    public OptOutEnd? Ended { get; set; }
}

/// <summary>
/// Text messages whose meaning is not clear stop the channel until a person has read them. The row's own end is then far away
/// and means nothing; this says what holds afterwards.
/// </summary>
public sealed class OptOutHold : JsonDocumentShape
{
    /// <summary>How far away the end of such a row is: nobody may be contacted only because nobody looked.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(3650);

    /// <summary>Rows of ops.inbound_contacts to be read.</summary>
    public List<Guid> InboundIds { get; set; } = [];

    /// <summary>UTC; end of the wish that held besides. Null: there was none, and the row ends with the hold.</summary>
    public DateTime? WishUntil { get; set; }

    /// <summary>Source of that wish.</summary>
    public string? WishSource { get; set; }

    /// <summary>Reason of that wish.</summary>
    public string? WishReason { get; set; }
}

/// <summary>An opt-out that was taken away.</summary>
public sealed class OptOutEnd : JsonDocumentShape
{
    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Id of who did it.</summary>
    public string By { get; set; } = string.Empty;

    /// <summary>Name of who did it.</summary>
    public string ByName { get; set; } = string.Empty;

    /// <summary>Why.</summary>
    public string? Reason { get; set; }
}

/// <summary>Words of <see cref="OptOutMetadata.Source"/>.</summary>
public static class OptOutSources
{
    /// <summary>Somebody signed in recorded it.</summary>
    public const string Operator = "operator";

    /// <summary>The link in a message.</summary>
    public const string UnsubscribeLink = "unsubscribe_link";

    /// <summary>A text message.</summary>
    public const string Sms = "sms";

    /// <summary>A text message that a person has yet to read.</summary>
    public const string SmsReview = "sms_review";

    /// <summary>A file.</summary>
    public const string Import = "import";

    /// <summary>The HTTP API.</summary>
    public const string Api = "api";

    /// <summary>A letter, a call, an e-mail: how the customer told us. Offered besides the others when one is recorded by hand.</summary>
    public static IReadOnlyList<string> Heard { get; } = ["call", "email", "letter", "in_person"];
}
