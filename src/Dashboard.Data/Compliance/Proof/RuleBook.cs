using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>Reads stored rules into questions about a moment.</summary>
internal static class RuleBook
{
    /// <summary>A rule; one that cannot be read forbids everything, whatever its action (contracts.md).</summary>
    internal static StatedRule Read(
        Guid id,
        string name,
        DateTime version,
        RuleAction action,
        JsonElement condition
    )
    {
        try
        {
            var text = new ConditionText(
                condition.ValueKind == JsonValueKind.Object
                    ? condition
                    : throw new FormatException("the condition is no object")
            );
            var rule = new StatedRule(
                id,
                name,
                version,
                StatedRule.EffectOf(action),
                _ => true,
                _ => null
            );
            return ReadKind(rule, text);
        }
        catch (FormatException fault)
        {
            var sentence =
                $"The rule could not be read ({fault.Message}), so it forbade every contact";
            return new StatedRule(
                id,
                name,
                version,
                BreachEffect.Forbidden,
                _ => true,
                _ => sentence
            )
            {
                IsBroken = true,
            };
        }
    }

    private static StatedRule ReadKind(StatedRule rule, ConditionText text)
    {
        switch (text.Word("kind"))
        {
            case "time_window":
                return TimeWindow(rule, text);
            case "frequency":
                return rule with
                {
                    Concerns = text.Channels("channels"),
                    Breach = FrequencyQuestion.Read(text).Answer,
                };
            case "conversation_cooldown":
                return rule with
                {
                    Concerns = text.Channels("channels"),
                    Breach = TalkQuestion.Read(text).Answer,
                };
            case "min_interval":
                return MinInterval(rule, text);
            case "channel_block":
                return rule with
                {
                    Concerns = text.Channels("channels"),
                    Breach = _ => "The rule is about every contact on this channel",
                };
            case "consent_required":
                return ConsentRequired(rule, text);
            case "notice_hold":
                return NoticeHold(rule, text);
            case "preferred_window":
                return rule with
                {
                    Concerns = text.Has("channels") ? text.Channels("channels") : _ => true,
                    Breach = Hours.Preferred,
                };
            case "optout_confirmation":
                var minutes = TimeSpan.FromMinutes(text.Amount("within_minutes"));
                return rule with { Lifts = (m, o) => Confirms(m, o, minutes) };
            case "respond_once":
                return rule with { Lifts = Answers };
            case var other:
                throw new FormatException($"kind '{other}' is not known");
        }
    }

    private static StatedRule TimeWindow(StatedRule rule, ConditionText text)
    {
        var windows = text.Windows("windows");
        var closed = text.Dates("closed_dates");
        var fallback = text.Places("fallback_zones");
        if (text.Has("holidays") && !text.Has("closed_dates"))
        {
            throw new FormatException("holidays are named without their dates");
        }

        return rule with
        {
            Concerns = text.Channels("channels"),
            Breach = m =>
                Hours.Outside(m.Places.Count > 0 ? m.Places : fallback, m.At, windows, closed),
        };
    }

    private static StatedRule MinInterval(StatedRule rule, ConditionText text)
    {
        var counted = text.Channels("count_channels");
        var statuses = text.Statuses("count_statuses");
        var gap = TimeSpan.FromMinutes(text.Amount("minutes"));
        var eachInvoice = text.Has("per") && text.EachInvoice("per");
        return rule with
        {
            Concerns = text.Channels("channels"),
            Breach = m =>
                m.Past.Where(p =>
                        !p.Inbound
                        && p.Person == m.Person
                        && counted(p.Channel)
                        && statuses.Contains(p.Status)
                        && m.At - p.At < gap
                        && (!eachInvoice || m.Debts.Count == 0 || m.Debts.Any(p.MayBeAbout))
                    )
                    .Select(p =>
                        $"The last contact was {(m.At - p.At).TotalMinutes:0.##} minutes before, less than {gap.TotalMinutes:0.##}"
                    )
                    .FirstOrDefault(),
        };
    }

    private static StatedRule ConsentRequired(StatedRule rule, ConditionText text)
    {
        int? age = text.Has("max_age_days") ? text.Count("max_age_days", 1) : null;
        return rule with
        {
            Concerns = text.Channels("channels"),
            Breach = m =>
            {
                if (age is not null && m.Home is null)
                {
                    return Hours.NoZone;
                }

                var confirmed = m
                    .Customer.ChannelConsents.Where(c =>
                        c.Channel == m.Channel && c.ConfirmedAt <= m.At
                    )
                    .Select(c => (DateTime?)c.ConfirmedAt)
                    .Max();
                if (confirmed is not { } at)
                {
                    return "No consent to this channel was on file";
                }

                return age is { } days && m.Home!.DateAt(at).AddDays(days) < m.Home.DateAt(m.At)
                    ? $"The consent was last confirmed on {m.Home.DateAt(at):d MMM yyyy}, more than {days} days before"
                    : null;
            },
        };
    }

    private static StatedRule NoticeHold(StatedRule rule, ConditionText text)
    {
        var days = text.Count("days", 0);
        return rule with
        {
            Concerns = text.Channels("channels"),
            Breach = m =>
                m.Home is not { } home ? Hours.NoZone
                : m.Customer.NoticeSentOn is not { } sent ? "No written notice was on file"
                : home.DateAt(m.At) < sent.AddDays(days)
                    ? $"The notice was sent on {sent:d MMM yyyy}; contact may start {days} days after it"
                : null,
        };
    }

    // One SMS that confirms the opt-out, within some minutes of it.
    private static bool Confirms(Moment m, OptOutThen optOut, TimeSpan within) =>
        m.Purpose == "optout_confirmation"
        && m.Channel == Channel.Sms
        && m.At - optOut.From < within
        && !WroteSince(m, optOut.From);

    // One answer to a customer who came back on the channel after opting out.
    private static bool Answers(Moment m, OptOutThen optOut)
    {
        var asked = m
            .Past.Where(p => p.Inbound && p.Channel == m.Channel && p.At > optOut.From)
            .ToList();
        return asked.Count > 0 && !WroteSince(m, asked.Max(p => p.At));
    }

    private static bool WroteSince(Moment m, DateTime since) =>
        m.Past.Any(p => p.WentOut && p.Channel == m.Channel && p.At >= since);
}
