using Dashboard.Domain.Contacts;

namespace Dashboard.Domain.Compliance.Wording;

/// <summary>What the sentences of rules have in common.</summary>
internal static class Phrases
{
    private static readonly Channel[] Order = [Channel.Phone, Channel.Sms, Channel.Email];

    /// <summary>"calls", "calls and SMS", "contacts"; "…" without any.</summary>
    internal static string Plural(ChannelSet channels) => Name(channels, Words.Plural, "contacts");

    /// <summary>"call", "call or SMS", "contact".</summary>
    internal static string Singular(ChannelSet channels) =>
        Name(channels, Words.Noun, "contact", "or");

    /// <summary>"to one customer", "with one customer".</summary>
    internal static string Customer(ChannelSet channels) => IsAll(channels) ? "with" : "to";

    internal static bool IsAll(ChannelSet channels) => Array.TrueForAll(Order, channels.Contains);

    internal static bool IsOnly(ChannelSet channels, Channel channel) =>
        Order.Where(channels.Contains).SequenceEqual([channel]);

    /// <summary>"a", "a and b", "a, b and c".</summary>
    internal static string Join(IReadOnlyList<string> parts, string last = "and") =>
        parts.Count switch
        {
            0 => ConditionText.Gap,
            1 => parts[0],
            _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} {last} {parts[^1]}",
        };

    /// <summary>What happens to a contact outside the rule.</summary>
    internal static string Otherwise(RuleAction action) =>
        action switch
        {
            RuleAction.BlockContact => "otherwise the contact is blocked",
            RuleAction.RequireApproval => "otherwise it needs approval",
            RuleAction.LogWarning => "otherwise it goes ahead with a warning",
            _ => "otherwise a person takes over",
        };

    /// <summary>The verb for what does not hold: "the next one … is blocked".</summary>
    internal static string Verb(RuleAction action) =>
        action switch
        {
            RuleAction.BlockContact => "is blocked",
            RuleAction.RequireApproval => "needs approval",
            RuleAction.LogWarning => "goes ahead with a warning",
            _ => "goes to a person instead",
        };

    private static string Name(
        ChannelSet channels,
        Func<Channel, string> name,
        string all,
        string last = "and"
    ) => IsAll(channels) ? all : Join([.. Order.Where(channels.Contains).Select(name)], last);
}
