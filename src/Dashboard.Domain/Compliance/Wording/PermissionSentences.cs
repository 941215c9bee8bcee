namespace Dashboard.Domain.Compliance.Wording;

/// <summary>Rules about what may be used at all.</summary>
internal static class PermissionSentences
{
    internal static string ChannelBlock(ConditionText text, RuleAction action)
    {
        var channels = text.Channels("channels", "the channels it is about");
        return $"every {Phrases.Singular(channels)} {Phrases.Verb(action)}.";
    }

    internal static string Consent(ConditionText text, RuleAction action)
    {
        var channels = Phrases.Plural(text.Channels("channels", "the channels that need consent"));
        var age = text.Find("max_age_days") is { } days
            ? $", confirmed in the last {ConditionText.Count(text.Number(days, "how old a consent may be"), "day")}"
            : "";
        return $"{channels} only with the customer's consent to them{age}; {Phrases.Otherwise(action)}.";
    }

    internal static string OptOutConfirmation(ConditionText text, RuleAction action)
    {
        var minutes = text.Number("within_minutes", "within how many minutes");
        return $"one SMS may confirm an opt-out within {ConditionText.Count(minutes, "minute")} of it, although the opt-out is in force.";
    }

    internal static string RespondOnce(ConditionText text, RuleAction action) =>
        "a customer who contacts us on a channel after opting out of it may be answered once on it.";
}
