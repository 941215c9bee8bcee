namespace Dashboard.Domain.OptOuts;

/// <summary>What an inbound text asks for.</summary>
public enum SmsIntent
{
    /// <summary>Nothing about contact: an ordinary reply.</summary>
    None,

    /// <summary>No further messages.</summary>
    OptOut,

    /// <summary>Messages again after an opt-out.</summary>
    OptIn,

    /// <summary>Who we are and how to stop.</summary>
    Help,

    /// <summary>Unclear, or possibly not our customer: hold messages until a person has read it.</summary>
    Review,
}

/// <summary>The meaning of an inbound text.</summary>
/// <param name="Intent">What it asks for.</param>
/// <param name="EveryChannel">The wish goes beyond text messages ("don't contact me again").</param>
public readonly record struct SmsMeaning(SmsIntent Intent, bool EveryChannel = false);

/// <summary>
/// Recognises what a customer texts back: keywords that are a revocation per se, plain language that clearly expresses it,
/// and what a person has to read (47 CFR 64.1200(a)(10)).
/// </summary>
public static class InboundSms
{
    /// <summary>The meaning of a text.</summary>
    /// <param name="text">As it came in.</param>
    /// <param name="optedOut">The customer has opted out of text messages; only then can a text opt in again.</param>
    public static SmsMeaning Recognise(string text, bool optedOut)
    {
        var words = SmsText.Normalise(text);
        // A keyword on the first line counts whatever signature follows it.
        var firstLine = SmsText.Normalise(text.TrimStart().Split('\n', 2)[0]);
        if (SmsWords.IsStop(words) || SmsWords.IsStop(firstLine))
        {
            return new(SmsIntent.OptOut);
        }
        if (SmsWords.Help.Contains(Compact(words)))
        {
            return new(SmsIntent.Help);
        }
        if (SmsWords.Start.Contains(Compact(words)))
        {
            return new(optedOut ? SmsIntent.OptIn : SmsIntent.None);
        }
        return InSentence(text, words, optedOut);
    }

    private static SmsMeaning InSentence(string text, string words, bool optedOut)
    {
        var padded = $" {words} ";
        if (
            Any(padded, SmsWords.ThirdParty)
            || text.Contains(SmsWords.StopSign, StringComparison.Ordinal)
        )
        {
            return new(SmsIntent.Review);
        }
        if (Any(padded, SmsWords.Revocations))
        {
            return Any(padded, SmsWords.Limits)
                ? new(SmsIntent.Review)
                : new(SmsIntent.OptOut, Any(padded, SmsWords.EveryChannel));
        }
        var unclear =
            (Any(padded, SmsWords.Hints) && !Any(padded, SmsWords.Harmless))
            || SmsWords.IsNearlyStop(words)
            || (optedOut && Any(padded, SmsWords.StartHints));
        return new(unclear ? SmsIntent.Review : SmsIntent.None);
    }

    private static bool Any(string padded, string[] phrases) =>
        Array.Exists(phrases, p => padded.Contains($" {p} ", StringComparison.Ordinal));

    private static string Compact(string words) => words.Replace(" ", "", StringComparison.Ordinal);
}
