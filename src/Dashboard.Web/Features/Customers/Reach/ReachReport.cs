using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Web.Components.Findings;

namespace Dashboard.Web.Features.Customers.Reach;

/// <summary>Why some customers cannot be contacted now.</summary>
/// <param name="Reason">The rule that binds, or that there is no address.</param>
/// <param name="Customers">How many.</param>
public sealed record ReachReason(string Reason, int Customers);

/// <summary>One channel's part.</summary>
public sealed class ChannelReach(Channel channel)
{
    /// <summary>Hours ahead that <see cref="Opening"/> covers.</summary>
    public const int Hours = 24;

    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly int[] _opening = new int[Hours];

    /// <summary>How.</summary>
    public Channel Channel => channel;

    /// <summary>Customers who can be contacted now.</summary>
    public int Now { get; private set; }

    /// <summary>Customers for whom a person has to approve or take over.</summary>
    public int Asks { get; private set; }

    /// <summary>What binds the others, most customers first.</summary>
    public IReadOnlyList<ReachReason> Reasons =>
        [
            .. _reasons
                .Select(r => new ReachReason(r.Key, r.Value))
                .OrderByDescending(r => r.Customers)
                .ThenBy(r => r.Reason, StringComparer.Ordinal),
        ];

    /// <summary>Customers for whom contact becomes possible in the first, second, … hour from now.</summary>
    public IReadOnlyList<int> Opening => _opening;

    /// <summary>Counts one answer.</summary>
    internal void Add(ReachAnswer answer, DateTime at)
    {
        if (answer.IsNow)
        {
            Now++;
            return;
        }

        Asks +=
            answer.HasAddress
            && answer.Verdict is (GateVerdict.RequiresApproval or GateVerdict.Escalate)
                ? 1
                : 0;
        var reason = !answer.HasAddress
            ? channel == Channel.Email
                ? "No e-mail address"
                : "No number on file"
            : answer.Rule is { } rule
                ? FindingLine.Name(rule)
                : "No reason given";
        _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        if (
            answer.HasAddress
            && answer.NextAllowedAt is { } next
            && (next - at).TotalHours is >= 0 and < Hours
        )
        {
            _opening[(int)(next - at).TotalHours]++;
        }
    }
}

/// <summary>How many customers of a list can be contacted at an instant.</summary>
/// <param name="At">UTC.</param>
public sealed record ReachReport(DateTime At)
{
    /// <summary>Customers that were judged.</summary>
    public int Customers { get; private set; }

    /// <summary>Phone, e-mail, text message.</summary>
    public IReadOnlyList<ChannelReach> Channels { get; } =
    [new(Channel.Phone), new(Channel.Email), new(Channel.Sms)];

    /// <summary>Adds some of the answers.</summary>
    internal void Add(IReadOnlyList<CustomerReach> customers)
    {
        Customers += customers.Count;
        foreach (var channel in Channels)
        {
            foreach (var customer in customers)
            {
                channel.Add(customer.Answers.First(a => a.Channel == channel.Channel), At);
            }
        }
    }
}
