using Dashboard.Data.Commands;
using Dashboard.Data.Templates;

namespace Dashboard.Data.Compliance.Approvals;

/// <summary>Where decisions about approvals are made: brings what such a command needs besides its input.</summary>
public sealed class ApprovalDesk(TaskMessages messages)
{
    /// <summary>How long an approval holds when nobody says.</summary>
    public static readonly TimeSpan DefaultValidity = TimeSpan.FromHours(24);

    /// <summary>No approval holds longer: what was judged so long ago is judged anew.</summary>
    public static readonly TimeSpan LongestValidity = TimeSpan.FromDays(30);

    /// <summary>Renders what is decided about.</summary>
    internal TaskMessages Messages => messages;

    /// <summary>Lets the contacts go, if the gate has nothing harder to say.</summary>
    /// <param name="requests">Which.</param>
    /// <param name="until">UTC, exclusive; null = <see cref="DefaultValidity"/> from now.</param>
    /// <param name="note">Why.</param>
    /// <param name="seenKey">
    /// <see cref="TaskMessage.Key"/> of the message the officer looked at, when it is one request: another message is not
    /// approved unseen.
    /// </param>
    public ICommand<ApprovalsDecided> Approve(
        ApprovalSelection requests,
        DateTime? until = null,
        string? note = null,
        string? seenKey = null
    ) =>
        new DecideApprovals(requests, this)
        {
            Until = until,
            Note = note,
            SeenKey = seenKey,
        };

    /// <summary>Stops the contacts.</summary>
    /// <param name="requests">Which.</param>
    /// <param name="note">Why; shown on the task and in the audit log.</param>
    public ICommand<ApprovalsDecided> Reject(ApprovalSelection requests, string note) =>
        new DecideApprovals(requests, this, IsRejection: true) { Note = note };
}
