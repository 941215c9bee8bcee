using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Tasks;

/// <summary>What attempts of agents that act themselves name as their provider: nobody can be asked, only the agent tells.</summary>
public static class SeatProvider
{
    /// <summary><c>human</c> or <c>external</c>.</summary>
    public static string Of(AgentSeat seat) => seat.ToText();
}

/// <summary>How agents that act themselves hold tasks.</summary>
internal static class AgentLease
{
    /// <summary>A task that was taken and not started goes back after this long.</summary>
    public static readonly TimeSpan Taken = TimeSpan.FromMinutes(10);

    /// <summary>A contact that was started and never reported is unconfirmed after this long.</summary>
    public static readonly TimeSpan Started = TimeSpan.FromHours(1);

    /// <summary>Who holds it.</summary>
    public static string Token(Guid agentId) => $"agent:{agentId}";
}

/// <summary>What an agent can say of a contact.</summary>
internal static class ReportedOutcome
{
    /// <summary>Nobody answered: it may be tried again.</summary>
    public const string NoAnswer = "no_answer";

    private static readonly Dictionary<string, ContactStatus> s_calls = new(StringComparer.Ordinal)
    {
        ["answered"] = ContactStatus.Answered,
        ["voicemail"] = ContactStatus.Delivered,
        [NoAnswer] = ContactStatus.Sent,
    };

    private static readonly Dictionary<string, ContactStatus> s_messages = new(
        StringComparer.Ordinal
    )
    {
        ["sent"] = ContactStatus.Sent,
        ["delivered"] = ContactStatus.Delivered,
        ["opened"] = ContactStatus.Opened,
        ["replied"] = ContactStatus.Replied,
        ["bounced"] = ContactStatus.Bounced,
    };

    /// <summary>The words for a channel.</summary>
    public static IReadOnlyDictionary<string, ContactStatus> For(Channel channel) =>
        channel == Channel.Phone ? s_calls : s_messages;
}
