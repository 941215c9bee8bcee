using Bogus;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Demo;

/// <summary>How demo contacts end, in proportions that collections people will recognise.</summary>
internal static class DemoOutcome
{
    private static readonly string[] s_replies =
    [
        "Thanks for the reminder, we will pay this week.",
        "Could you send the invoice again? Our new address is accounts payable.",
        "We are waiting for a credit note for the short delivery.",
        "Payment was released yesterday, please check.",
        "Our purchase order number is missing on the invoice.",
        "Can we pay in two parts, half now and half next month?",
        "Please talk to our finance director, she is back on Monday.",
    ];

    private static readonly string[] s_calls =
    [
        "Promised to pay by Friday.",
        "Invoice is with the approver; call again next week.",
        "Asked for a copy of the invoice by e-mail.",
        "Says the goods came damaged.",
        "Will check with the bank and call back.",
    ];

    /// <summary>Status, seconds of a call, and what the customer said.</summary>
    public static (ContactStatus Status, int? Seconds, string? Response) Pick(
        Randomizer random,
        Channel channel,
        DemoTemper temper
    )
    {
        var willing = temper == DemoTemper.Broke ? 0.4f : 1f;
        switch (channel)
        {
            case Channel.Email:
                var mail = random.WeightedRandom(
                    [
                        ContactStatus.Delivered,
                        ContactStatus.Opened,
                        ContactStatus.Replied,
                        ContactStatus.Bounced,
                    ],
                    Shares(0.46f, 0.43f, 0.09f * willing, 0.02f)
                );
                return (
                    mail,
                    null,
                    mail == ContactStatus.Replied ? random.ArrayElement(s_replies) : null
                );
            case Channel.Sms:
                var text = random.WeightedRandom(
                    [ContactStatus.Delivered, ContactStatus.Replied, ContactStatus.Failed],
                    Shares(0.88f, 0.1f * willing, 0.02f)
                );
                return (
                    text,
                    null,
                    text == ContactStatus.Replied ? random.ArrayElement(s_replies) : null
                );
            default:
                var call = random.WeightedRandom(
                    [
                        ContactStatus.Sent,
                        ContactStatus.Delivered,
                        ContactStatus.Answered,
                        ContactStatus.Failed,
                    ],
                    Shares(0.42f, 0.24f, 0.32f * willing, 0.02f)
                );
                return call switch
                {
                    ContactStatus.Answered => (
                        call,
                        random.Int(40, 480),
                        random.ArrayElement(s_calls)
                    ),
                    ContactStatus.Delivered => (call, random.Int(15, 40), null),
                    _ => (call, 0, null),
                };
        }
    }

    /// <summary>What a customer writes back.</summary>
    public static string Reply(Randomizer random) => random.ArrayElement(s_replies);

    private static float[] Shares(params float[] weights)
    {
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
