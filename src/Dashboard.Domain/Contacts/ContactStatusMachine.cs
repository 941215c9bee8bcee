using Dashboard.Domain.Results;

namespace Dashboard.Domain.Contacts;

/// <summary>
/// sent → delivered → opened → replied, or answered, or bounced, or failed; never back (architecture.md). Providers leave
/// reports out, so a later state may be reached directly.
/// </summary>
public static class ContactStatusMachine
{
    private static readonly MoveTable<ContactStatus> Moves = new(
        "contact",
        new()
        {
            [ContactStatus.Sent] =
            [
                ContactStatus.Delivered,
                ContactStatus.Opened,
                ContactStatus.Replied,
                ContactStatus.Answered,
                ContactStatus.Bounced,
                ContactStatus.Failed,
            ],
            [ContactStatus.Delivered] = [ContactStatus.Opened, ContactStatus.Replied],
            [ContactStatus.Opened] = [ContactStatus.Replied],
        }
    );

    /// <summary>Success, or an <c>illegal_transition</c>.</summary>
    public static Result Check(ContactStatus from, ContactStatus to) => Moves.Check(from, to);

    /// <summary>The states that can be reached in one move.</summary>
    public static IReadOnlyList<ContactStatus> From(ContactStatus state) => Moves.From(state);

    /// <summary>What to keep when a provider reports a status: reports come late, twice and out of order.</summary>
    public static ContactStatus Merge(ContactStatus current, ContactStatus reported) =>
        Check(current, reported).Succeeded ? reported : current;
}
