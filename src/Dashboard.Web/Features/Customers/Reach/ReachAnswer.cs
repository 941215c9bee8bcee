using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;

namespace Dashboard.Web.Features.Customers.Reach;

/// <summary>Whether one customer can be contacted on one channel at an instant.</summary>
/// <param name="Channel">How.</param>
/// <param name="HasAddress">There is an address or number.</param>
/// <param name="Verdict">The gate's decision.</param>
/// <param name="NextAllowedAt">UTC; only when blocked; null = never as things are.</param>
/// <param name="Rule">The rule that binds; null when nothing does.</param>
public sealed record ReachAnswer(
    Channel Channel,
    bool HasAddress,
    GateVerdict Verdict,
    DateTime? NextAllowedAt,
    string? Rule
)
{
    /// <summary>A contact could leave at once.</summary>
    public bool IsNow =>
        HasAddress && Verdict is (GateVerdict.Allowed or GateVerdict.AllowedWithWarning);

    /// <summary>The word of the file: <c>now</c>, <c>with_approval</c>, <c>by_a_person</c>, <c>later</c>, <c>not_allowed</c>, <c>no_address</c>.</summary>
    public string Word =>
        (HasAddress, Verdict) switch
        {
            (false, _) => "no_address",
            (_, GateVerdict.Allowed or GateVerdict.AllowedWithWarning) => "now",
            (_, GateVerdict.RequiresApproval) => "with_approval",
            (_, GateVerdict.Escalate) => "by_a_person",
            _ => NextAllowedAt is null ? "not_allowed" : "later",
        };
}

/// <summary>The answers for one customer, one for each channel.</summary>
public sealed record CustomerReach(Guid Id, IReadOnlyList<ReachAnswer> Answers);

/// <summary>Some of the customers of a list.</summary>
/// <param name="At">UTC; the instant that was judged, the same for the whole list.</param>
/// <param name="Total">Customers of the list.</param>
/// <param name="Done">Looked at so far, these included; those deleted meanwhile count as well.</param>
/// <param name="Customers">The answers.</param>
public sealed record ReachBatch(
    DateTime At,
    int Total,
    int Done,
    IReadOnlyList<CustomerReach> Customers
);
