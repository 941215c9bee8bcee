using System.Text.Json;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Contacts;

/// <summary>What is known of the hand-over to the provider (contracts.md, contact_attempts.metadata).</summary>
public enum Delivery
{
    /// <summary>The gate allowed it; nothing has left yet.</summary>
    Reserved,

    /// <summary>The provider took it.</summary>
    Accepted,

    /// <summary>The provider reported the outcome.</summary>
    Confirmed,

    /// <summary>Nobody can say whether it left: counts as a contact, never sent again by itself.</summary>
    Unconfirmed,
}

/// <summary>contracts.md, contact_attempts.metadata.</summary>
public sealed class ContactMetadata : JsonDocumentShape
{
    /// <summary>Message-ID of an e-mail, without angle brackets.</summary>
    public string? EmailId { get; set; }

    /// <summary>The provider's id of a call.</summary>
    public string? CallSid { get; set; }

    /// <summary>The provider's id of a text message.</summary>
    public string? SmsId { get; set; }

    /// <summary><c>smtp</c>, <c>simulated</c>, …</summary>
    public string? Provider { get; set; }

    /// <summary>How sure we are that it left.</summary>
    public Delivery Delivery { get; set; }

    /// <summary>The attempt's id as text.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The evidence that the contact was allowed: rules, facts, verdicts. Written once, by the gate.</summary>
    public JsonElement? Clearance { get; set; }

    /// <summary>What the provider said when it failed.</summary>
    public string? Failure { get; set; }
}
