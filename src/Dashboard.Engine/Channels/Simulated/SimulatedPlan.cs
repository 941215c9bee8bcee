using Dashboard.Domain.Contacts;

namespace Dashboard.Engine.Channels.Simulated;

/// <summary>
/// What will become of one simulated contact: the same for the same attempt, whichever process asks and however often.
/// Times are real ones, before the time scale.
/// </summary>
internal sealed record SimulatedPlan
{
    private static readonly string[] s_replies =
    [
        "Thanks for the reminder, we will pay this week.",
        "Could you send me the invoice again?",
        "This was paid already, please check.",
        "I passed this on to our accounts department.",
        "We dispute one position on this invoice.",
        "Can we pay in two parts?",
    ];

    private static readonly string[] s_answers =
    [
        "Promised to pay by Friday.",
        "Asked to call back next week.",
        "Says the invoice never arrived; wants a copy.",
        "Will check with accounting.",
    ];

    /// <summary>The network refuses it for now.</summary>
    public bool Fails { get; private init; }

    /// <summary>How long the hand-over or the call takes.</summary>
    public TimeSpan Takes { get; private init; }

    /// <summary>Of a call: a person answered, voicemail (delivered) or it rang (sent).</summary>
    public ContactStatus CallStatus { get; private init; }

    /// <summary>Seconds of a call.</summary>
    public int Duration { get; private init; }

    /// <summary>What the person on the phone said.</summary>
    public string? Answer { get; private init; }

    /// <summary>After the hand-over; null = never.</summary>
    public TimeSpan? DeliveredAfter { get; private init; }

    /// <summary>After the hand-over; null = never.</summary>
    public TimeSpan? OpenedAfter { get; private init; }

    /// <summary>After the hand-over; null = never.</summary>
    public TimeSpan? RepliedAfter { get; private init; }

    /// <summary>What the customer replies.</summary>
    public string Reply { get; private init; } = string.Empty;

    /// <summary>The plan of an attempt.</summary>
    public static SimulatedPlan Of(Guid attemptId, Channel channel, SimulationOptions options)
    {
        var dice = new Random(BitConverter.ToInt32(attemptId.ToByteArray(), 12));
        var fails = dice.NextDouble() < options.FailureRate;
        return channel == Channel.Phone
            ? Call(dice, fails, options)
            : Message(dice, fails, channel, options);
    }

    private static SimulatedPlan Call(Random dice, bool fails, SimulationOptions options)
    {
        var chance = dice.NextDouble();
        var status =
            chance < options.AnswerRate ? ContactStatus.Answered
            : chance < options.AnswerRate + ((1 - options.AnswerRate) / 2) ? ContactStatus.Delivered
            : ContactStatus.Sent;
        var ringing = dice.Next(8, 28);
        var duration = status switch
        {
            ContactStatus.Answered => dice.Next(35, 260),
            ContactStatus.Delivered => dice.Next(15, 40),
            _ => 0,
        };
        return new SimulatedPlan
        {
            Fails = fails,
            CallStatus = status,
            Duration = duration,
            Takes = TimeSpan.FromSeconds(ringing + duration),
            Answer = status == ContactStatus.Answered ? Pick(dice, s_answers) : null,
        };
    }

    private static SimulatedPlan Message(
        Random dice,
        bool fails,
        Channel channel,
        SimulationOptions options
    )
    {
        var delivered = TimeSpan.FromSeconds(dice.Next(1, 8));
        var isOpened = channel == Channel.Email && dice.NextDouble() < 0.55;
        var opened = delivered + TimeSpan.FromMinutes(dice.Next(2, 240));
        var replies = dice.NextDouble() < options.ReplyRate;
        return new SimulatedPlan
        {
            Fails = fails,
            Takes = TimeSpan.FromMilliseconds(dice.Next(80, 900)),
            DeliveredAfter = delivered,
            OpenedAfter = isOpened ? opened : null,
            RepliedAfter = replies ? opened + TimeSpan.FromMinutes(dice.Next(3, 90)) : null,
            Reply = Pick(dice, s_replies),
        };
    }

    private static string Pick(Random dice, string[] texts) => texts[dice.Next(texts.Length)];
}
