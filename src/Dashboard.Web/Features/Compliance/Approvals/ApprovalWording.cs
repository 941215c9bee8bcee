using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Domain.Contacts;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Approvals;

/// <summary>Requests in words.</summary>
public static class ApprovalWording
{
    /// <summary>A request's state as colour, icon and word.</summary>
    public static StateLook Look(ApprovalStatus status) =>
        status switch
        {
            ApprovalStatus.Pending => StateLook.Approval(),
            ApprovalStatus.Approved => StateLook.Done("Approved"),
            ApprovalStatus.Rejected => StateLook.Blocked("Rejected"),
            ApprovalStatus.Expired => StateLook.Deferred("Ran out"),
            _ => StateLook.Cancelled("Withdrawn"),
        };

    /// <summary>"e-mail", "text message", "call".</summary>
    public static string Contact(Channel channel) =>
        channel switch
        {
            Channel.Email => "e-mail",
            Channel.Phone => "call",
            _ => "text message",
        };

    /// <summary>What came of it, in a few words; null when the state says it all.</summary>
    public static string? After(ApprovalRow row) =>
        row switch
        {
            { ContactedAt: not null } => "Contact made",
            { Status: ApprovalStatus.Approved } => "Waits to leave",
            { Status: ApprovalStatus.Expired } => "Not made in time",
            { Status: ApprovalStatus.Withdrawn, DecidedBy: not null } =>
                "Asked again: the message or the rules changed after the approval",
            { Status: ApprovalStatus.Withdrawn } => "Its task ended first",
            _ => null,
        };

    /// <summary>"12 approved; 2 had been decided already": the toast.</summary>
    public static string Done(ApprovalsDecided result, string verb)
    {
        var parts = new List<string> { $"{result.Decided:N0} {verb}" };
        Add(parts, result.Gone, "did not wait any more");
        Add(parts, result.Own, "asked for by you, left to another officer");
        Add(parts, result.Unreadable, "without a message that can be rendered");
        return string.Join("; ", parts);
    }

    private static void Add(List<string> parts, int count, string words)
    {
        if (count > 0)
        {
            parts.Add($"{count:N0} {words}");
        }
    }
}
