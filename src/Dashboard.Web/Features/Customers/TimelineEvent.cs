using System.Text.Json;

namespace Dashboard.Web.Features.Customers;

/// <summary>Kinds of lines on a customer's timeline.</summary>
public enum TimelineKind
{
    /// <summary>A contact attempt.</summary>
    Contact,

    /// <summary>A task that waits, ended without a contact, or was work without one.</summary>
    Task,

    /// <summary>The gate did not let a contact through: the last refusal of a task, with how many there were.</summary>
    GateRefusal,

    /// <summary>Money came in.</summary>
    Payment,

    /// <summary>An operator's note.</summary>
    Note,

    /// <summary>A command was refused.</summary>
    Refusal,

    /// <summary>A row was changed: customer, profile, opt-out, campaign.</summary>
    Change,
}

/// <summary>One thing that happened with a customer; the documents are read by the component that shows them.</summary>
public sealed record TimelineEvent
{
    /// <summary>Key of the row behind it.</summary>
    public required Guid Id { get; init; }

    /// <summary>What kind.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>UTC. For payments the day at 00:00.</summary>
    public required DateTime At { get; init; }

    /// <summary>Contact: channel. Task: type. Payment: invoice number. Else: the audited noun.</summary>
    public required string What { get; init; }

    /// <summary>Contact, task: status. Payment: status. Else: the action.</summary>
    public required string State { get; init; }

    /// <summary>Who did it: agent, operator or part of the system.</summary>
    public string? Actor { get; init; }

    /// <summary>A sentence: response, reason, explanation.</summary>
    public string? Text { get; init; }

    /// <summary>Paid, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>Seconds, for calls.</summary>
    public int? Duration { get; init; }

    /// <summary>Refusals: <c>{count, since}</c>. Changes: columns with before and after. Contacts and tasks have none; their evidence is read when it is asked for.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>The task behind a contact.</summary>
    public Guid? TaskId { get; init; }
}

/// <summary>Part of a timeline, newest first.</summary>
/// <param name="Events">The lines.</param>
/// <param name="HasOlder">There is more before the last one.</param>
public sealed record TimelinePart(IReadOnlyList<TimelineEvent> Events, bool HasOlder);
