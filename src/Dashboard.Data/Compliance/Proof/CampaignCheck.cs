namespace Dashboard.Data.Compliance.Proof;

/// <summary>A campaign's own limits (contracts.md, campaigns.config).</summary>
internal static class CampaignCheck
{
    /// <summary>Each limit by name, with why it did not hold; null = it held.</summary>
    internal static IEnumerable<(string Name, string? Sentence)> Look(Moment moment)
    {
        if (moment.Limits is not { } limits)
        {
            yield break;
        }

        var own = Place.Named(limits.Timezone);
        if (!string.IsNullOrEmpty(limits.Timezone) && own is null)
        {
            yield return (
                "campaign_time_zone",
                $"The campaign's time zone '{limits.Timezone}' is not known: fail closed"
            );
        }

        if (limits is { Start: { } start, End: { } end })
        {
            var window = new Window(Hours.EveryDay, start.ToTimeSpan(), end.ToTimeSpan());
            IReadOnlyList<Place> places = own is null ? moment.Places : [own];
            yield return (
                "campaign_business_hours",
                Hours.Outside(places, moment.At, [window], [])
            );
        }

        var before = moment
            .Past.Where(p =>
                p.WentOut && p.CampaignId == moment.CampaignId && p.Person == moment.Person
            )
            .ToList();
        if (limits.MaxDaily is { } most)
        {
            yield return ("campaign_max_daily_contacts", TooMany(moment, own, before, most));
        }

        if (limits.CooldownHours is { } hours and > 0)
        {
            yield return ("campaign_cooldown", TooSoon(moment, before, hours));
        }
    }

    private static string? TooMany(Moment moment, Place? own, List<OnRecord> before, int most)
    {
        if ((own ?? moment.Home) is not { } place)
        {
            return Hours.NoZone;
        }

        var today = place.DateAt(moment.At);
        var count = before.Count(p => place.DateAt(p.At) >= today);
        return count < Math.Max(0, most)
            ? null
            : $"The campaign had made {count} of {most} contacts that day already";
    }

    private static string? TooSoon(Moment moment, List<OnRecord> before, double hours)
    {
        var last = before.Where(p => moment.At - p.At < TimeSpan.FromHours(hours)).ToList();
        return last.Count == 0
            ? null
            : $"The campaign's last contact was {(moment.At - last.Max(p => p.At)).TotalHours:0.0} h before, less than {hours:0.##} h";
    }
}
