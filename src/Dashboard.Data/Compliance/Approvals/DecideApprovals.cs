using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.Templates;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>
/// Approves or rejects contacts that a rule lets through only with a person's approval. Made by <see cref="ApprovalDesk"/>.
/// </summary>
/// <param name="Requests">Which.</param>
/// <param name="Desk">What it needs besides.</param>
/// <param name="IsRejection">True = the contacts are not made.</param>
public sealed record DecideApprovals(
    ApprovalSelection Requests,
    ApprovalDesk Desk,
    bool IsRejection = false
) : ICommand<ApprovalsDecided>
{
    private const int LongestNote = 1000;

    /// <summary>UTC, exclusive; null = a day.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Why; needed to reject.</summary>
    public string? Note { get; init; }

    /// <summary>Key of the message the officer looked at.</summary>
    public string? SeenKey { get; init; }

    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target =>
        new("approval_request", Requests.Key, IsRejection ? "rejected" : "approved");

    /// <inheritdoc />
    public async Task<Result<ApprovalsDecided>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var until = Until ?? context.Now + ApprovalDesk.DefaultValidity;
        if (Fault(until, context.Now) is { } fault)
        {
            return fault;
        }

        var ids = await Requests.ResolveAsync(context.Db, cancellationToken);
        if (ids.Length == 0)
        {
            return new ApprovalsDecided(0);
        }

        var found = await Found.LockAsync(context, ids, cancellationToken);
        var open = found.Where(f => f.Waits).ToList();
        var own =
            IsRejection || !context.Compliance.FourEyes ? [] : open.Where(f => f.IsOwn).ToList();
        var mine = open.Except(own).ToList();
        var messages = await Desk.Messages.RenderAsync(
            context.Db,
            [.. mine.Select(f => f.TaskId)],
            cancellationToken
        );
        var ready = IsRejection
            ? mine
            : mine.Where(f => Rendered(messages, f) is not null).ToList();
        if (ready.Count == 0 || IsAnother(messages, ready))
        {
            return await RefuseAsync(context, ids, own.Count, mine, messages, cancellationToken);
        }

        await WriteAsync(context, ready, messages, until, cancellationToken);
        return new ApprovalsDecided(
            ready.Count,
            ids.Length - open.Count,
            own.Count,
            mine.Count - ready.Count
        );
    }

    private Error? Fault(DateTime until, DateTime now)
    {
        if (IsRejection)
        {
            return string.IsNullOrWhiteSpace(Note)
                    ? Error.Invalid(nameof(Note), "Say in a sentence why it is rejected.")
                : Note.Length > LongestNote
                    ? Error.Invalid(
                        nameof(Note),
                        "The reason is too long: 1,000 characters at most."
                    )
                : null;
        }

        return until <= now
                ? Error.Invalid(
                    nameof(Until),
                    "An approval must run out in the future. Choose a later time."
                )
            : until > now + ApprovalDesk.LongestValidity
                ? Error.Invalid(
                    nameof(Until),
                    "An approval holds for 30 days at most. Choose an earlier time."
                )
            : Note?.Length > LongestNote
                ? Error.Invalid(nameof(Note), "The note is too long: 1,000 characters at most.")
            : null;
    }

    /// <summary>The officer looked at one message and another one would be approved.</summary>
    private bool IsAnother(
        IReadOnlyDictionary<Guid, Result<TaskMessage>> messages,
        List<Found> ready
    ) =>
        !IsRejection
        && SeenKey is { } seen
        && ready.Exists(f => Rendered(messages, f)?.Key != seen);

    private async Task<Error> RefuseAsync(
        CommandContext context,
        Guid[] ids,
        int own,
        List<Found> mine,
        IReadOnlyDictionary<Guid, Result<TaskMessage>> messages,
        CancellationToken cancellationToken
    )
    {
        if (own > 0 && mine.Count == 0)
        {
            return Error.Conflict(
                own == 1
                    ? "You asked for this contact yourself, so another officer has to approve it."
                    : "You asked for these contacts yourself, so another officer has to approve them."
            );
        }

        if (mine.Count == 0)
        {
            return await ApprovalRefusal.ExplainAsync(context, ids, cancellationToken);
        }

        var failure = mine.Where(f => messages.ContainsKey(f.TaskId))
            .Select(f => messages[f.TaskId].Error)
            .FirstOrDefault(e => e is not null);
        return Error.Conflict(
            failure is null
                ? "The message changed while you looked at it: its template was edited, or an invoice was paid. Look at it again."
                : $"There is no message to approve. {failure.Message}"
        );
    }

    private async Task WriteAsync(
        CommandContext context,
        List<Found> ready,
        IReadOnlyDictionary<Guid, Result<TaskMessage>> messages,
        DateTime until,
        CancellationToken cancellationToken
    ) =>
        await context.QueryAsync(
            IsRejection ? ApprovalSql.Reject : ApprovalSql.Approve,
            p =>
            {
                p.AddWithValue("ids", ready.Select(f => f.Id).ToArray());
                p.Add(
                    new()
                    {
                        ParameterName = "messages",
                        DataTypeName = "text[]",
                        Value = ready.Select(f => Json(Rendered(messages, f))).ToArray(),
                    }
                );
                p.AddText(
                    "status",
                    (IsRejection ? ApprovalStatus.Rejected : ApprovalStatus.Approved).ToText()
                );
                p.AddText("note", string.IsNullOrWhiteSpace(Note) ? null : Note.Trim());
                p.AddText("reason", $"{context.Actor.Name} did not approve it: {Note?.Trim()}");
                p.AddInstant("until", IsRejection ? null : until);
            },
            _ => 0,
            cancellationToken
        );

    private static TaskMessage? Rendered(
        IReadOnlyDictionary<Guid, Result<TaskMessage>> messages,
        Found request
    ) =>
        messages.TryGetValue(request.TaskId, out var message) && message.Succeeded
            ? message.Value
            : null;

    private static string? Json(TaskMessage? message) =>
        message is null ? null : JsonShape.Write(ApprovedMessage.Of(message));
}
