using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>A decision in one sentence.</summary>
internal static partial class WhyWording
{
    /// <summary>"Not called: 7 of 7 calls about this invoice in 7 days; possible again Thursday 4 June, 08:00 in New York (in 2 d)".</summary>
    /// <param name="channel">How.</param>
    /// <param name="verdict">The gate's decision.</param>
    /// <param name="binding">The finding that decides; null when nothing does, or when it was not kept.</param>
    /// <param name="next">UTC; when it is possible again, null = never or now.</param>
    /// <param name="clock">The zone of the customer, the instant of reading, and whether a contact was really made or asked for.</param>
    public static string Headline(
        Channel channel,
        GateVerdict verdict,
        RecordedFinding? binding,
        DateTime? next,
        WhyClock clock
    )
    {
        var reason = binding is null ? "the reason was not kept" : Reason(binding);
        var (done, noun) = Words(channel);
        return (verdict, clock.Tense) switch
        {
            (GateVerdict.Blocked, WhyTense.Past) => $"{done} although a rule stopped it: {reason}",
            (GateVerdict.Blocked, WhyTense.Now) => $"No {noun} now: {reason}{Again(next, clock)}",
            (GateVerdict.Blocked, _) => $"Not {Lower(done)}: {reason}{Again(next, clock)}",
            (GateVerdict.RequiresApproval, WhyTense.Past) => $"{done} with approval: {reason}",
            (GateVerdict.RequiresApproval, _) => $"Needs approval: {reason}",
            (GateVerdict.Escalate, _) => $"A person takes over: {reason}",
            (GateVerdict.AllowedWithWarning, WhyTense.Past) => $"{done}, with a warning: {reason}",
            (GateVerdict.AllowedWithWarning, _) => $"Allowed, with a warning: {reason}",
            (_, WhyTense.Now) => $"Possible now: no rule stands against {Article(noun)}",
            (_, WhyTense.Past) => $"{done}: every rule allowed it",
            _ => $"Allowed: no rule stands against {Article(noun)}",
        };
    }

    /// <summary>What a contact on the channel is called: "Call".</summary>
    public static string Noun(Channel channel) =>
        channel switch
        {
            Channel.Phone => "Call",
            Channel.Sms => "Text message",
            _ => "E-mail",
        };

    /// <summary>The finding's reason without what the sentence round it says already.</summary>
    public static string Reason(RecordedFinding finding)
    {
        if (
            finding.Facts.TryGetValue("hours", out var hours)
            && finding.Facts.TryGetValue("local_time", out var times)
            && DateTime.TryParse(times.Split(", ")[0], CultureInfo.InvariantCulture, out var local)
        )
        {
            var zone = finding.Facts.GetValueOrDefault("zone")?.Split(", ")[0];
            return string.Create(
                CultureInfo.InvariantCulture,
                $"it is {local:HH:mm} in {Times.ZoneName(zone)}, outside {hours}"
            );
        }

        var text = finding.Line.Explanation.Split(';')[0];
        text = NoContact().Replace(text, "").TrimEnd('.');
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1])
            ? Lower(text)
            : text;
    }

    /// <summary>"; possible again Thursday 4 June, 08:00 in New York (in 2 d)".</summary>
    private static string Again(DateTime? next, WhyClock clock)
    {
        if (next is not { } at)
        {
            return "; no later time is possible as things are";
        }

        if (at > clock.Now + (OptOutHold.Length / 2))
        {
            return "; possible when a person has read it";
        }

        var local = Times.In(at, clock.Zone);
        var year = local.Year == Times.In(clock.Now, clock.Zone).Year ? "" : " yyyy";
        var text = local.ToString($"dddd d MMMM{year}, HH:mm", CultureInfo.InvariantCulture);
        var place = Times.ZoneName(clock.Zone) is var name && name == "UTC" ? "UTC" : $"in {name}";
        return $"; possible {(at > clock.Now ? "again" : "since")} {text} {place} ({Times.Relative(at, clock.Now)})";
    }

    private static (string Done, string Noun) Words(Channel channel) =>
        channel switch
        {
            Channel.Phone => ("Called", "call"),
            Channel.Sms => ("Texted", "text message"),
            _ => ("E-mailed", "e-mail"),
        };

    private static string Article(string noun) => (noun[0] == 'e' ? "an " : "a ") + noun;

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    // "No call: the customer …" and "No SMS: …" repeat the sentence's beginning.
    [GeneratedRegex("^No [^:;]{1,20}: ")]
    private static partial Regex NoContact();
}

/// <summary>Whether the contact was made, was to be made, or is only thought of.</summary>
internal enum WhyTense
{
    /// <summary>A contact that happened.</summary>
    Past,

    /// <summary>A contact that was asked for.</summary>
    Asked,

    /// <summary>What would be now.</summary>
    Now,
}

/// <summary>How instants are said.</summary>
/// <param name="Zone">IANA zone of the customer.</param>
/// <param name="Now">UTC; when it is read.</param>
/// <param name="Tense">Of the sentence.</param>
internal sealed record WhyClock(string? Zone, DateTime Now, WhyTense Tense);
