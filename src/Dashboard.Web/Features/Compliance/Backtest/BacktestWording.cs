using System.Globalization;
using Dashboard.Data.Compliance.Backtest;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Backtest;

/// <summary>A backtest in sentences.</summary>
public static class BacktestWording
{
    // An amount stays on one line.
    private const char NoBreakSpace = '\u00a0';

    /// <summary>"Would have stopped 37 of 12,402 calls, 31 later and 6 for good; $48,210 behind them."</summary>
    public static string Headline(BacktestReport report)
    {
        var total = report.Total;
        if (total.Changed == 0)
        {
            return $"Would have changed nothing: {Count(total.Contacts, null)} and {Refusals(total.Refusals)} stay as they were.";
        }

        return total.Stopped == 0
            ? $"Would have stopped none of {Count(total.Contacts, null)}."
            : $"Would have stopped {Stopped(report)}, {Parts(total)}{(total.Money.Count == 0 ? string.Empty : $"; {Behind(total.Money, total.Stopped)}")}.";
    }

    /// <summary>What else would have been different; null when nothing.</summary>
    public static string? Besides(BacktestRow total)
    {
        List<string> parts =
        [
            .. Part(
                total.Allowed,
                $"let through {N(total.Allowed)} of {Refusals(total.Refusals)}{(total.MoneyAllowed.Count == 0 ? string.Empty : $" ({Behind(total.MoneyAllowed, total.Allowed)})")}"
            ),
            .. Part(total.RefusedOtherwise, $"refused {N(total.RefusedOtherwise)} in another way"),
            .. Part(total.Warned, $"put a warning on {Count(total.Warned, null)}"),
            .. Part(total.Eased, $"spared {Count(total.Eased, null)} a warning or an approval"),
        ];
        return parts.Count == 0
            ? null
            : $"It would {(total.Stopped > 0 ? "also " : string.Empty)}have {Join(parts)}.";
    }

    /// <summary>"Half of those that wait would have waited 21 h 30 min or more."; null when none does.</summary>
    public static string? Waits(BacktestReport report) =>
        report.MedianWaitHours is { } hours
            ? $"Half of those that wait would have waited {Times.Distance(TimeSpan.FromHours(hours))} or more."
            : null;

    /// <summary>What it was compared with.</summary>
    public static string Compared(BacktestReport report, string? zone)
    {
        if (report.JudgedAsOff)
        {
            return "The draft switches the rule off, so it was judged as off.";
        }

        var since = report.VersionsSince is { } at
            ? $" Before {Times.Absolute(at, zone)} no version is on record; the first one stands in."
            : string.Empty;
        return report.ComparedVersions switch
        {
            0 => "Compared with not having this rule.",
            1 => $"Compared with the rule as it was in force.{since}",
            _ =>
                $"Compared with the {report.ComparedVersions} versions of the rule that were in force.{since}",
        };
    }

    /// <summary>A change as icon, word and colour.</summary>
    public static StateLook Look(BacktestChange change) =>
        change switch
        {
            BacktestChange.Later => StateLook.Deferred("Later"),
            BacktestChange.ForGood => StateLook.Blocked("Never"),
            BacktestChange.ToApproval => StateLook.Approval("To approval"),
            BacktestChange.Escalated => new StateLook(
                "approval",
                "person_raised_hand",
                "To a person"
            ),
            BacktestChange.Warned => new StateLook("deferred", "warning", "Warning"),
            BacktestChange.Eased => StateLook.Done("Eased"),
            BacktestChange.Allowed => StateLook.Done("Let through"),
            _ => StateLook.Waiting("Refused otherwise"),
        };

    /// <summary>"Call, nobody answered", "SMS, delivered", "Call, refused".</summary>
    public static string Happened(BacktestExample example)
    {
        var noun = Noun(example.Channel);
        var what = example.AttemptId is null
            ? "refused"
            : (example.Channel, example.Happened) switch
            {
                (Channel.Phone, "sent") => "nobody answered",
                (Channel.Phone, "delivered") => "voicemail",
                _ => example.Happened,
            };
        return $"{char.ToUpperInvariant(noun[0])}{noun[1..]}, {what}";
    }

    /// <summary>"$48,210 and €310"; of many currencies only what matters: "$159 k, CAD 145 k and €19.3 k".</summary>
    public static string Money(IReadOnlyList<BacktestMoney> money) =>
        Join([
            .. money.Select(m =>
                (money.Count > 2 ? Moneys.Brief(m.Amount, m.Currency) : Whole(m)).Replace(
                    ' ',
                    NoBreakSpace
                )
            ),
        ]);

    /// <summary>"12,402 calls", "1 contact"; null = contacts of any channel.</summary>
    public static string Count(int number, Channel? channel) =>
        $"{N(number)} {(channel is { } c ? Noun(c) : "contact")}{(number == 1 || channel == Channel.Sms ? string.Empty : "s")}";

    /// <summary>What the progress bar says.</summary>
    public static string Phase(BacktestProgress progress) =>
        progress.Phase switch
        {
            BacktestPhase.Queued => progress.Ahead == 1
                ? "Waiting for one other to finish"
                : $"Waiting for {progress.Ahead} others to finish",
            BacktestPhase.Gathering => progress.Total == 0
                ? "Gathering the contacts of the period"
                : $"Sorting {N(progress.Total)} contacts and refusals",
            _ => $"{N(progress.Done)} of {N(progress.Total)} judged again",
        };

    private static string Stopped(BacktestReport report)
    {
        // One channel is named; several are contacts.
        var touched = report.Channels.Where(c => c.Stopped > 0).ToList();
        return touched is [var only] && EnumText.TryParse<Channel>(only.Name, out var channel)
            ? $"{N(only.Stopped)} of {Count(only.Contacts, channel)}"
            : $"{N(report.Total.Stopped)} of {Count(report.Total.Contacts, null)}";
    }

    private static string Parts(BacktestRow total)
    {
        List<string> parts =
        [
            .. Part(total.Later, "later"),
            .. Part(total.ForGood, "for good"),
            .. Part(total.ToApproval, "until approved"),
            .. Part(total.Escalated, "handed to a person"),
        ];
        return parts.Count == 1
            ? $"{(total.Stopped == 1 ? "it" : "all")} {parts[0]}"
            : Join([.. Numbers(total).Zip(parts, (n, part) => $"{N(n)} {part}")]);
    }

    private static IEnumerable<int> Numbers(BacktestRow total) =>
        new[] { total.Later, total.ForGood, total.ToApproval, total.Escalated }.Where(n => n > 0);

    private static string Behind(IReadOnlyList<BacktestMoney> money, int contacts) =>
        $"{Money(money)} behind {(contacts == 1 ? "it" : "them")}";

    private static string Whole(BacktestMoney money)
    {
        var text = Moneys.Format(Math.Round(money.Amount), money.Currency);
        return text[..text.LastIndexOf('.')];
    }

    private static string Refusals(int number) => $"{N(number)} refusal{(number == 1 ? "" : "s")}";

    private static IEnumerable<string> Part(int number, string text) => number > 0 ? [text] : [];

    private static string Join(List<string> parts) =>
        parts.Count < 2
            ? string.Concat(parts)
            : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Noun(Channel channel) =>
        channel switch
        {
            Channel.Phone => "call",
            Channel.Sms => "SMS",
            _ => "e-mail",
        };
}
