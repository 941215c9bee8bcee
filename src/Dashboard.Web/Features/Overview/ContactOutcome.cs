using Dashboard.Domain.Contacts;

namespace Dashboard.Web.Features.Overview;

/// <summary>How contacts turned out, in four groups that a glance can tell apart.</summary>
/// <param name="Title">For people.</param>
/// <param name="Token">Colour.</param>
/// <param name="Statuses">What belongs to it.</param>
public sealed record ContactOutcome(
    string Title,
    string Token,
    IReadOnlyList<ContactStatus> Statuses
)
{
    /// <summary>Best first.</summary>
    public static IReadOnlyList<ContactOutcome> All { get; } =
    [
        new("Answered or replied", "var(--done)", [ContactStatus.Answered, ContactStatus.Replied]),
        new("Delivered", "var(--series-email)", [ContactStatus.Delivered, ContactStatus.Opened]),
        new("Sent, no word yet", "var(--age-0)", [ContactStatus.Sent]),
        new("Failed or bounced", "var(--failed)", [ContactStatus.Failed, ContactStatus.Bounced]),
    ];
}
