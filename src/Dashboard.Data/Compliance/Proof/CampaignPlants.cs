using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>Known violations of the limits that campaigns set themselves, for each limit that a campaign of the period has.</summary>
internal static class CampaignPlants
{
    internal static void Add(
        IReadOnlyList<CustomerRecord> records,
        DateTime from,
        DateTime to,
        List<Plant> plants,
        List<UnplantedItem> skipped
    )
    {
        var at = from + ((to - from) / 2);
        var campaigns = records
            .SelectMany(r => r.Campaigns.Select(c => (Record: r, c.Key, Limits: c.Value.At(at))))
            .Where(c => c.Limits is not null && IsUsable(c.Limits))
            .ToList();
        Plant("campaign_business_hours", l => l is { Start: not null, End: not null }, Closed);
        Plant("campaign_max_daily_contacts", l => l.MaxDaily is <= 1000, TooMany);
        Plant("campaign_cooldown", l => l.CooldownHours > 0, TooSoon);

        void Plant(
            string name,
            Func<LimitsThen, bool> has,
            Func<PlantBed, LimitsThen, Guid, (string, CustomerRecord, AttemptRow)?> make
        )
        {
            var (record, campaign, limits) = campaigns.FirstOrDefault(c => has(c.Limits!));
            if (limits is null)
            {
                skipped.Add(
                    new UnplantedItem(null, name, "No campaign of the period has this limit")
                );
            }
            else if (make(new PlantBed(record), limits, campaign) is { } made)
            {
                plants.Add(new Plant(made.Item1, null, name, made.Item2, made.Item3));
            }
            else
            {
                skipped.Add(
                    new UnplantedItem(
                        null,
                        name,
                        "The campaign is open around the clock, or the period is too short"
                    )
                );
            }
        }

        (string, CustomerRecord, AttemptRow)? Closed(PlantBed bed, LimitsThen limits, Guid campaign)
        {
            var window = new JsonArray(
                new JsonObject
                {
                    ["start"] = $"{limits.Start:HH\\:mm\\:ss}",
                    ["end"] = $"{limits.End:HH\\:mm\\:ss}",
                }
            );
            var zone = string.IsNullOrEmpty(limits.Timezone) ? bed.ZoneAt(at) : limits.Timezone;
            if (
                ClosedTime.Find(JsonSerializer.SerializeToElement(window), zone, from, to)
                    is not { } found
                || (!string.IsNullOrEmpty(limits.Timezone) && found.Zone != limits.Timezone)
            )
            {
                return null;
            }

            var contact = bed.Contact(Channel.Email, found.At) with { CampaignId = campaign };
            return (
                $"A contact at {found.Local} in {found.Zone}, outside the campaign's hours",
                bed.With([contact], p => p["timezone"] = found.Zone),
                contact
            );
        }

        (string, CustomerRecord, AttemptRow)? TooMany(
            PlantBed bed,
            LimitsThen limits,
            Guid campaign
        )
        {
            var most = Math.Max(0, limits.MaxDaily!.Value);
            var zone =
                Place.Named(limits.Timezone)
                ?? Place.Named(bed.ZoneAt(at))
                ?? Place.Named("America/New_York")!;
            var span = TimeSpan.FromMilliseconds(10 * (most + 1));
            if (zone.DateAt(at) != zone.DateAt(at - span))
            {
                return null;
            }

            var contact = bed.Contact(Channel.Email, at) with { CampaignId = campaign };
            var all = Enumerable
                .Range(1, most)
                .Select(i =>
                    bed.Contact(Channel.Email, at.AddMilliseconds(-10 * i)) with
                    {
                        CampaignId = campaign,
                    }
                )
                .Append(contact)
                .ToList();
            return ($"Contact number {most + 1} of a campaign on a day", bed.With(all), contact);
        }

        (string, CustomerRecord, AttemptRow)? TooSoon(
            PlantBed bed,
            LimitsThen limits,
            Guid campaign
        )
        {
            var gap = TimeSpan.FromHours(limits.CooldownHours!.Value) / 2;
            var contact = bed.Contact(Channel.Email, at) with { CampaignId = campaign };
            var before = bed.Contact(Channel.Sms, at - gap) with { CampaignId = campaign };
            return (
                "Two contacts of a campaign within half of its pause",
                bed.With([before, contact]),
                contact
            );
        }
    }

    private static bool IsUsable(LimitsThen limits) =>
        string.IsNullOrEmpty(limits.Timezone) || Place.Named(limits.Timezone) is not null;
}
