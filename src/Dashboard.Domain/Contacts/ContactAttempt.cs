using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Tasks;

namespace Dashboard.Domain.Contacts;

/// <summary>How far one contact got (schema.md, contact_attempts.status); never moves back.</summary>
public enum ContactStatus
{
    /// <summary>Handed to the provider, or reserved for it; a call rang and nobody answered.</summary>
    Sent,

    /// <summary>Reached the inbox or handset; a call reached voicemail.</summary>
    Delivered,

    /// <summary>The message was opened.</summary>
    Opened,

    /// <summary>A person answered the call.</summary>
    Answered,

    /// <summary>The customer replied.</summary>
    Replied,

    /// <summary>The address or number refused it.</summary>
    Bounced,

    /// <summary>It never left or never connected.</summary>
    Failed,
}

/// <summary>One communication with one customer (schema.md, table 7). Only the dispatcher's reservation inserts it.</summary>
public sealed class ContactAttempt
{
    /// <summary>Key; also the idempotency key at the provider.</summary>
    public Guid Id { get; set; }

    /// <summary>The task that asked for it.</summary>
    public Guid TaskId { get; set; }

    /// <summary>The agent that carried it out.</summary>
    public Guid AgentId { get; set; }

    /// <summary>Who was contacted.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>The campaign behind the task, if any.</summary>
    public Guid? CampaignId { get; set; }

    /// <summary>The way out.</summary>
    public Channel Channel { get; set; }

    /// <summary>How far it got.</summary>
    public ContactStatus Status { get; set; }

    /// <summary>When it left, UTC.</summary>
    public DateTime Timestamp { get; set; }

    /// <summary>Seconds, for calls.</summary>
    public int? Duration { get; set; }

    /// <summary>What the customer said.</summary>
    public string? Response { get; set; }

    /// <summary>Provider ids, delivery and the clearance (contracts.md).</summary>
    public ContactMetadata? Metadata { get; set; }

    /// <summary>When the row was written, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>The task that asked for it.</summary>
    public AgentTask? Task { get; set; }

    /// <summary>The agent that carried it out.</summary>
    public Agent? Agent { get; set; }

    /// <summary>Who was contacted.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The campaign behind the task.</summary>
    public Campaign? Campaign { get; set; }
}
