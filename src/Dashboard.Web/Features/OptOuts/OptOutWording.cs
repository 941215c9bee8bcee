using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>Opt-outs in words.</summary>
public static class OptOutWording
{
    /// <summary>Sources one can filter by, in the order shown.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        OptOutSources.Operator,
        OptOutSources.Sms,
        OptOutSources.SmsReview,
        OptOutSources.UnsubscribeLink,
        OptOutSources.Import,
        OptOutSources.Api,
        .. OptOutSources.Heard,
    ];

    /// <summary>"E-mail", "Calls", "Text messages", "Every channel".</summary>
    public static string Channel(OptOutChannel channel) =>
        channel switch
        {
            OptOutChannel.Email => "E-mail",
            OptOutChannel.Phone => "Calls",
            OptOutChannel.Sms => "Text messages",
            _ => "Every channel",
        };

    /// <summary>Material symbol.</summary>
    public static string Icon(OptOutChannel channel) =>
        channel switch
        {
            OptOutChannel.Email => "mail",
            OptOutChannel.Phone => "call",
            OptOutChannel.Sms => "sms",
            _ => "do_not_disturb_on",
        };

    /// <summary>Where a wish came from.</summary>
    public static string Source(string? source) =>
        source switch
        {
            OptOutSources.Operator => "Recorded by hand",
            OptOutSources.Sms => "Text message",
            OptOutSources.SmsReview => "Text to be read",
            OptOutSources.UnsubscribeLink => "Link in a message",
            OptOutSources.Import => "Import",
            OptOutSources.Api => "API",
            "call" => "On a call",
            "email" => "By e-mail",
            "letter" => "By letter",
            "in_person" => "In person",
            null or "" => "Unknown",
            var other => other.Replace('_', ' '),
        };

    /// <summary>How it stands: tone, symbol, word.</summary>
    public static (string Tone, string Icon, string Word) State(OptOutState state) =>
        state switch
        {
            OptOutState.Held => ("approval", "mark_unread_chat_alt", "To be read"),
            OptOutState.Temporary => ("deferred", "hourglass_top", "For a time"),
            OptOutState.Ended => ("cancelled", "history", "Ended"),
            _ => ("blocked", "shield", "For good"),
        };

    /// <summary>"until the end of 30 Nov 2026, Denver time": an end at midnight is told as the day before.</summary>
    public static string Until(DateTime? until, string? zone)
    {
        if (until is not { } end)
        {
            return "for good";
        }

        var local = Times.In(end, zone);
        return local.TimeOfDay == TimeSpan.Zero
            ? $"until the end of {local.AddDays(-1):d MMM yyyy}, {(Times.ZoneName(zone) is "UTC" ? "UTC" : $"{Times.ZoneName(zone)} time")}"
            : $"until {Times.Absolute(end, zone)}";
    }

    /// <summary>"3 tasks", "1 task".</summary>
    public static string Count(int count, string one, string many) =>
        count == 1 ? $"1 {one}" : $"{count:N0} {many}";

    /// <summary>What a contact in flight is: "Text message of step 2".</summary>
    public static string What(Channel channel, int? step)
    {
        var noun = channel switch
        {
            Domain.Contacts.Channel.Email => "E-mail",
            Domain.Contacts.Channel.Phone => "Call",
            _ => "Text message",
        };
        return step is { } number ? $"{noun}, step {number}" : $"{noun} by hand";
    }
}
