using System.Collections;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Time;

namespace Dashboard.Domain.Compliance.Wording;

/// <summary>Compares the hours of a rule with those of the others, minute by minute of a week.</summary>
internal static class HoursAdvice
{
    private const int Minutes = 7 * 24 * 60;

    /// <summary>Hours that never open together, and hours that another rule narrows anyway.</summary>
    internal static IEnumerable<RuleWarning> Of(RuleDraft draft, List<ComplianceRule> rivals)
    {
        if (Read(draft.ToRule()) is not { } own)
        {
            yield break;
        }
        var blocking = rivals
            .Where(r => r.Action == RuleAction.BlockContact)
            .Select(r => (r.Name, Hours: Read(r)))
            .Where(r => r.Hours is not null)
            .Select(r => (r.Name, Hours: r.Hours!.Value))
            .ToList();
        foreach (var channel in Enum.GetValues<Channel>().Where(own.Channels.Contains))
        {
            var others = blocking.Where(r => r.Hours.Channels.Contains(channel)).ToList();
            var left = new BitArray(own.Open);
            others.ForEach(r => left.And(r.Hours.Open));
            if (!left.HasAnySet())
            {
                var with =
                    others.Count == 0
                        ? ""
                        : $" Together with {Phrases.Join([.. others.Select(r => $"\"{r.Name}\"")])}";
                yield return new RuleWarning(
                    "never_open",
                    $"{with.TrimStart()}{(with.Length == 0 ? "T" : " t")}here is no time left in which {Words.Plural(channel)} are possible.",
                    "condition.windows"
                );
            }
        }
        foreach (
            var rival in blocking.Where(r =>
                Covers(r.Hours.Channels, own.Channels) && IsWithin(r.Hours.Open, own.Open)
            )
        )
        {
            yield return new RuleWarning(
                "looser",
                $"\"{rival.Name}\" is at least as strict, so this rule changes nothing.",
                "condition.windows"
            );
        }
    }

    private static (ChannelSet Channels, BitArray Open)? Read(ComplianceRule rule)
    {
        var reader = new ConditionReader(rule.Condition);
        if (reader.Word("kind") != "time_window")
        {
            return null;
        }
        var (hours, _) = reader.Hours("windows", "closed_dates");
        return (reader.Channels("channels"), Week(hours));
    }

    // The first week of the calendar begins on a Monday and holds no closed date.
    private static BitArray Week(WeekHours hours)
    {
        var open = new BitArray(Minutes);
        for (var minute = 0; minute < Minutes; minute++)
        {
            open[minute] = hours.IsOpen((minute + Minutes) * TimeSpan.TicksPerMinute);
        }
        return open;
    }

    private static bool Covers(ChannelSet one, ChannelSet other) =>
        Array.TrueForAll(Enum.GetValues<Channel>(), c => !other.Contains(c) || one.Contains(c));

    private static bool IsWithin(BitArray inner, BitArray outer) =>
        !new BitArray(outer).Not().And(inner).HasAnySet();
}
