using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.OptOuts;

/// <summary>
/// What a stop did, as it was at that instant: what it cancelled, what it lets wait, and what could not be called back. Kept with
/// the opt-out (opt_outs.metadata), or in the audit log for do-not-contact.
/// </summary>
public sealed class OptOutReceipt : JsonDocumentShape
{
    /// <summary>Tasks and attempts kept by name; the counts are of all.</summary>
    public const int MostLines = 200;

    /// <summary>Whose wish.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>The opt-out; null for do-not-contact.</summary>
    public Guid? OptOutId { get; set; }

    /// <summary>Which channel; all for do-not-contact.</summary>
    public OptOutChannel Channel { get; set; }

    /// <summary>UTC; from then on nothing is reserved.</summary>
    public DateTime RecordedAt { get; set; }

    /// <summary>Id of who recorded it.</summary>
    public string RecordedBy { get; set; } = string.Empty;

    /// <summary>Name of who recorded it.</summary>
    public string RecordedByName { get; set; } = string.Empty;

    /// <summary>UTC, exclusive; null = for good.</summary>
    public DateTime? Until { get; set; }

    /// <summary>True while it lasts until a person has read the customer's text, not until <see cref="Until"/>.</summary>
    public bool UntilReviewed { get; set; }

    /// <summary>Tasks cancelled.</summary>
    public int CancelledCount { get; set; }

    /// <summary>The first of them.</summary>
    public List<StoppedTask> Cancelled { get; set; } = [];

    /// <summary>Tasks that wait until a temporary stop ends.</summary>
    public int WaitingCount { get; set; }

    /// <summary>The first of them.</summary>
    public List<StoppedTask> Waiting { get; set; } = [];

    /// <summary>Tasks whose step names another channel: the gate sends them there, or cancels them.</summary>
    public int ReroutedCount { get; set; }

    /// <summary>The first of them.</summary>
    public List<StoppedTask> Rerouted { get; set; } = [];

    /// <summary>Contacts reserved or handed over before the stop; they cannot be called back.</summary>
    public List<InFlightContact> InFlight { get; set; } = [];
}

/// <summary>A waiting task that a stop concerned.</summary>
public sealed class StoppedTask : JsonDocumentShape
{
    /// <summary>The task.</summary>
    public Guid Id { get; set; }

    /// <summary>The way it would have gone.</summary>
    public Channel Channel { get; set; }

    /// <summary>Its campaign; null for a contact by hand.</summary>
    public Guid? CampaignId { get; set; }

    /// <summary>The campaign's name then.</summary>
    public string? Campaign { get; set; }

    /// <summary>1-based step of the campaign.</summary>
    public int? StepNumber { get; set; }

    /// <summary>UTC; when it was due.</summary>
    public DateTime? DueAt { get; set; }
}

/// <summary>A contact that was on its way when a stop came in.</summary>
public sealed class InFlightContact : JsonDocumentShape
{
    /// <summary>The attempt.</summary>
    public Guid AttemptId { get; set; }

    /// <summary>Its task.</summary>
    public Guid TaskId { get; set; }

    /// <summary>The way it goes.</summary>
    public Channel Channel { get; set; }

    /// <summary>UTC; when it was reserved.</summary>
    public DateTime At { get; set; }

    /// <summary>Its campaign; null for a contact by hand.</summary>
    public Guid? CampaignId { get; set; }

    /// <summary>The campaign's name then.</summary>
    public string? Campaign { get; set; }

    /// <summary>1-based step of the campaign.</summary>
    public int? StepNumber { get; set; }

    /// <summary>How far the hand-over had got.</summary>
    public Delivery Delivery { get; set; }
}
