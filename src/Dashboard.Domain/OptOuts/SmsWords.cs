namespace Dashboard.Domain.OptOuts;

/// <summary>Words and phrases, all as <see cref="SmsText.Normalise"/> leaves them (no apostrophes).</summary>
internal static class SmsWords
{
    /// <summary>A person may mean it as a keyword.</summary>
    internal const string StopSign = "\U0001F6D1";

    // 47 CFR 64.1200(a)(10) and the defaults of Twilio and AWS; French and Spanish as carriers in Canada and the US know them.
    private static readonly HashSet<string> Stop =
    [
        .. List(
            """
            stop, stopall, end, quit, revoke, optout, cancel, unsubscribe, unsub, remove, arret, alto
            """
        ),
    ];

    // Said beside a keyword, these change nothing.
    private static readonly HashSet<string> Fillers =
    [
        .. List(
            """
            please, pls, plz, now, all, thanks, thank, you, ok, okay, me, it, this, these, the, your, texts,
            text, texting, messages, message, messaging, msgs, msg, sms, sending, alerts, immediately, already,
            just, asap
            """
        ),
    ];

    internal static readonly HashSet<string> Help =
    [
        .. List(
            """
            help, info, aide, ayuda
            """
        ),
    ];

    internal static readonly HashSet<string> Start =
    [
        .. List(
            """
            start, unstop, yes, optin, subscribe, resubscribe, resume, continue
            """
        ),
    ];

    /// <summary>A clear wish, wherever it stands.</summary>
    internal static readonly string[] Revocations = List(
        """
        stop texting, stop messaging, stop sending, stop contacting, stop calling, stop emailing,
        stop writing, stop bothering, stop harassing, stop these, stop all, quit texting, quit messaging,
        quit contacting, quit calling, dont text, do not text, dont message, do not message, dont contact,
        do not contact, dont call, do not call, dont send, do not send, never text, never contact,
        never message, never call, no more texts, no more messages, no more sms, no more calls,
        no more contact, leave me alone, remove me, remove my number, delete my number, lose my number,
        take me off, unsubscribe me, want to unsubscribe, like to unsubscribe, opt me out, opting out,
        want to opt out, like to opt out, i opt out, opt out please, please opt out, i revoke,
        revoke my consent, revoke consent, withdraw my consent, cease and desist, cease contact, cease all,
        no longer contact, not contact me, not text me, not call me
        """
    );

    /// <summary>The wish is about more than text messages.</summary>
    internal static readonly string[] EveryChannel = List(
        """
        contact, contacting, leave me alone, cease and desist, cease all, in any way, bothering, harassing
        """
    );

    /// <summary>The wish has a time or a place, or is turned round: a person decides what it means.</summary>
    internal static readonly string[] Limits = List(
        """
        before, after, until, till, at work, at night, during, today, tomorrow, this week, unless, dont stop,
        do not stop, never stop, why did you stop, when will you stop
        """
    );

    /// <summary>Perhaps not our customer, or somebody we may not write to (12 CFR 1006.6(b)(2), (d)(3)-(5)).</summary>
    internal static readonly string[] ThirdParty = List(
        """
        wrong number, wrong person, wrong phone, wrong guy, not my number, no longer at this number,
        new number, not the right person, who is this, who are you, i dont know you, i am not, not me,
        passed away, is dead, deceased, my lawyer, my attorney, an attorney, a lawyer, bankruptcy, bankrupt
        """
    );

    /// <summary>May be a wish.</summary>
    internal static readonly string[] Hints = List(
        """
        stop, unsubscribe, optout, opt out, revoke, remove, cease, leave alone, not interested, harassment,
        spam, no more
        """
    );

    /// <summary>"stop" that is none.</summary>
    internal static readonly string[] Harmless = List(
        """
        stop by, stop in, stop at, stop over, bus stop, non stop, will stop, stop payment, full stop
        """
    );

    /// <summary>After an opt-out: may be a wish to be contacted again.</summary>
    internal static readonly string[] StartHints = List(
        """
        start, yes, subscribe, resume, unstop
        """
    );

    /// <summary>Nothing but a keyword, perhaps repeated, stretched, politely wrapped or with a number beside it.</summary>
    internal static bool IsStop(string words)
    {
        if (Stop.Contains(words.Replace(" ", "", StringComparison.Ordinal)))
        {
            return true;
        }
        var rest = words
            .Replace("opt out", "optout", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(w => !Fillers.Contains(w) && !w.All(char.IsAsciiDigit))
            .ToArray();
        return rest.Length > 0
            && Array.TrueForAll(
                rest,
                w => Stop.Contains(w) || Stop.Contains(SmsText.WithoutRepeats(w))
            );
    }

    /// <summary>One word that is a keyword but for one letter: a slip of the thumb.</summary>
    internal static bool IsNearlyStop(string words) =>
        !words.Contains(' ', StringComparison.Ordinal)
        && (IsOneOff(words, "stop") || IsOneOff(words, "unsubscribe") || IsOneOff(words, "optout"));

    private static string[] List(string words) =>
        words.Split(
            [',', '\n'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );

    // One letter more, less, other or swapped with its neighbour.
    private static bool IsOneOff(string word, string keyword)
    {
        if (Math.Abs(word.Length - keyword.Length) > 1 || word == keyword)
        {
            return false;
        }
        var shortest = Math.Min(word.Length, keyword.Length);
        var head = 0;
        while (head < shortest && word[head] == keyword[head])
        {
            head++;
        }
        var tail = 0;
        while (tail < shortest - head && word[^(tail + 1)] == keyword[^(tail + 1)])
        {
            tail++;
        }
        var (left, right) = (word[head..^tail], keyword[head..^tail]);
        return Math.Max(left.Length, right.Length) == 1
            || (
                left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]
            );
    }
}
