using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Contacts.Results;

/// <summary>What is written about one attempt once it is known what became of it.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="TaskId">Its task.</param>
/// <param name="AgentId">Who carried it out.</param>
/// <param name="AttemptStatus">How far it got.</param>
/// <param name="TaskStatus">Where the task goes.</param>
/// <param name="DueAt">UTC; when it is tried again; null = it is not.</param>
/// <param name="Metadata">Additions to the attempt's metadata, JSON.</param>
/// <param name="Context">Additions to the task's context, JSON.</param>
/// <param name="Contacted">The customer was contacted, or may have been.</param>
/// <param name="Fault">The agent or its provider is at fault.</param>
/// <param name="Duration">Seconds, of a call.</param>
/// <param name="Response">What the customer said.</param>
public sealed record AttemptResult(
    Guid AttemptId,
    Guid TaskId,
    Guid AgentId,
    ContactStatus AttemptStatus,
    AgentTaskStatus TaskStatus,
    DateTime? DueAt,
    string Metadata,
    string Context,
    bool Contacted,
    bool Fault,
    int? Duration,
    string? Response
);
