using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Compliance.Wording;

/// <summary>Rules that count contacts or the time between them.</summary>
internal static class CountSentences
{
    internal static string Frequency(ConditionText text, RuleAction action)
    {
        var limited = text.Channels("channels", "the channels it limits");
        var counted = text.Channels("count_channels", "the channels it counts");
        var max = text.Number("max", "how many are allowed");
        var about = About(text, counted);
        var period = Period(text);
        var next = SameChannels(limited, counted) ? "one" : Phrases.Singular(limited);
        var sentence = max is 0
            ? $"no {Phrases.Plural(limited)} at all: each one {Phrases.Verb(action)}."
            : $"at most {ConditionText.Count(max, Phrases.Singular(counted).Replace(" or ", " and ", StringComparison.Ordinal), Phrases.Plural(counted))}"
                + $"{about} {period}; the next {next} {Phrases.Verb(action)}.";
        return sentence + Counted(text, counted) + Extras(text);
    }

    internal static string Cooldown(ConditionText text, RuleAction action)
    {
        var channels = text.Channels("channels", "the channels it is about");
        var days = ConditionText.Count(text.Number("days", "how many days"), "day");
        var (whom, talk) = text.Word("per") switch
        {
            "debt" => (" about an invoice", "a telephone conversation about it"),
            "customer" => ($" {Phrases.Customer(channels)} a customer", "a telephone conversation"),
            _ => (Missing(text), "a telephone conversation"),
        };
        return $"no {Phrases.Plural(channels)}{whom} for {days} after {talk}, its day included; "
            + $"before then the contact {Phrases.Verb(action)}."
            + Exempt(text);
    }

    internal static string Interval(ConditionText text, RuleAction action)
    {
        var limited = text.Channels("channels", "the channels it limits");
        var counted = text.Channels("count_channels", "the channels it counts");
        var minutes = text.Number("minutes", "how many minutes");
        var span =
            minutes is { } m && m >= 120 && m % 60 == 0
                ? ConditionText.Count(m / 60, "hour")
                : ConditionText.Count(minutes, "minute");
        var about =
            text.Word("per") == "debt"
                ? " about one invoice"
                : $" {Phrases.Customer(limited)} one customer";
        var what = SameChannels(limited, counted)
            ? $"between two {Phrases.Plural(limited)}{about}"
            : $"between the last {Phrases.Singular(counted)} and the next {Phrases.Singular(limited)}{about}";
        return $"at least {span} {what}; one that comes sooner {Phrases.Verb(action)}."
            + Counted(text, counted);
    }

    private static string About(ConditionText text, ChannelSet channels) =>
        text.Word("per") switch
        {
            "debt" => " about one invoice",
            "customer" => $" {Phrases.Customer(channels)} one customer",
            _ => Missing(text),
        };

    private static string Missing(ConditionText text)
    {
        text.Miss("whether it counts for each invoice or for each customer");
        return $" {ConditionText.Gap}";
    }

    private static string Period(ConditionText text)
    {
        var period = text.Find("period") ?? default;
        var word = ConditionText.Find(period, "type")?.ToString();
        if (!EnumText.TryParse<PeriodType>(word, out var type))
        {
            text.Miss("the period");
            return $"in {ConditionText.Gap}";
        }
        return type switch
        {
            PeriodType.CalendarDays => Days(
                text.Number(ConditionText.Find(period, "days"), "how many days")
            ),
            PeriodType.RollingHours =>
                $"in any {ConditionText.Count(text.Number(ConditionText.Find(period, "hours"), "how many hours"), "hour")}",
            PeriodType.CalendarWeek => "in a calendar week (from Monday)",
            _ => "in a calendar month",
        };
    }

    private static string Days(double? days) =>
        days switch
        {
            1 => "on one day",
            { } n => $"in {ConditionText.Count(n, "day")} (today and the {n - 1:#,0.##} before)",
            null => $"in {ConditionText.Gap} days",
        };

    private static string Counted(ConditionText text, ChannelSet counted)
    {
        var statuses = text.List("count_statuses")
            .Select(w => EnumText.TryParse<ContactStatus>(w, out var s) ? s : (ContactStatus?)null)
            .OfType<ContactStatus>()
            .Distinct()
            .Order()
            .ToList();
        if (statuses.Count == 0)
        {
            text.Miss("which outcomes count");
            return "";
        }
        var calls = Phrases.IsOnly(counted, Channel.Phone);
        var words = statuses.Select(s => calls ? Call(s) : s.ToText()).ToList();
        return calls
            ? $" Calls count when {Phrases.Join(words, "or")}."
            : $" What counts: {Phrases.Join(words, "or")}.";
    }

    // compliance/README.md: what a status means on the telephone.
    private static string Call(ContactStatus status) =>
        status switch
        {
            ContactStatus.Sent => "it rang without an answer",
            ContactStatus.Delivered => "voicemail was reached",
            ContactStatus.Answered => "a person answered",
            ContactStatus.Failed => "it never connected",
            _ => $"it was {status.ToText()}",
        };

    private static string Extras(ConditionText text) =>
        (
            text.IsSet("only_after_conversation")
                ? " Counting starts after the first telephone conversation."
                : ""
        ) + Exempt(text);

    private static string Exempt(ConditionText text) =>
        text.IsSet("consent_exempt")
            ? " What the customer consented to beforehand is neither counted nor limited."
            : "";

    private static bool SameChannels(ChannelSet one, ChannelSet other) =>
        Phrases.Plural(one) == Phrases.Plural(other);
}
