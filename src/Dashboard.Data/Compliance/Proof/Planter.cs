using System.Globalization;
using System.Text.Json.Nodes;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>
/// Makes known violations: one for each rule that was in force in the period and for everything built in. It knows what each
/// breaks by construction, never by asking <see cref="Judge"/>.
/// </summary>
internal sealed class Planter(RuleTimes rules, DateTime from, DateTime to)
{
    private readonly List<Plant> _plants = [];
    private readonly List<UnplantedItem> _skipped = [];

    /// <summary>Plants into copies of these records; a made-up one when there is none.</summary>
    internal (IReadOnlyList<Plant> Plants, IReadOnlyList<UnplantedItem> Skipped) Make(
        IReadOnlyList<CustomerRecord> records
    )
    {
        var beds = records.DefaultIfEmpty(PlantBed.Nobody).Select(r => new PlantBed(r)).ToList();
        BuiltIns(beds[0], Middle(from, to));
        Evidence(beds[0], Middle(from, to));
        var index = 0;
        foreach (
            var version in rules.All.Where(v =>
                v.Enabled && v.From < to && (v.Until ?? to) > from && (v.Until ?? to) > v.From
            )
        )
        {
            var bed = beds[index++ % beds.Count];
            var begin = version.From > from ? version.From : from;
            var end = version.Until < to ? version.Until.Value : to;
            Rule(bed, version, begin, end);
        }

        CampaignPlants.Add(records, from, to, _plants, _skipped);
        return (_plants, _skipped);
    }

    private static DateTime Middle(DateTime begin, DateTime end) => begin + ((end - begin) / 2);

    private void BuiltIns(PlantBed bed, DateTime at)
    {
        var call = bed.Contact(Channel.Phone, at);
        Add(
            "A call to a customer marked do not contact",
            null,
            "do_not_contact",
            bed.With([call], p => p["do_not_contact"] = true),
            call
        );
        var marked = bed.With([call], p => p["do_not_contact"] = true);
        var since = bed.With([call]);
        Add(
            "A call while the mark do not contact was set; it has been taken away since",
            null,
            "do_not_contact",
            since with
            {
                Facts =
                [
                    since.Facts[0] with
                    {
                        Before = [(marked.Facts[0].Current!.Value, at.AddHours(1))],
                    },
                ],
            },
            call
        );
        var text = bed.Contact(Channel.Sms, at);
        JsonObject OptOut(string channel) =>
            new() { ["channel"] = channel, ["opted_out_at"] = Stamp(at.AddHours(-1)) };
        Add(
            "A text message an hour after the customer opted out of text messages",
            null,
            "opt_out",
            bed.With([text], null, PlantBed.Fact(FactReader.OptOuts, OptOut("sms"))),
            text
        );
        Add(
            "A text message after an opt-out from everything that has been taken back since",
            null,
            "opt_out",
            bed.With(
                [text],
                null,
                PlantBed.Gone(FactReader.OptOuts, OptOut("all"), at.AddHours(1))
            ),
            text
        );
        var mail = bed.Contact(Channel.Email, at);
        Add(
            "An e-mail to a customer whose record says never by e-mail",
            null,
            "contact_restrictions",
            bed.With([mail], p => p["contact_restrictions"] = new JsonArray("email")),
            mail
        );
        Add(
            "A call outside the hours the customer asked for",
            null,
            "preferred_window",
            bed.With([call], p => Prefer(p, at)),
            call
        );
    }

    private void Evidence(PlantBed bed, DateTime at)
    {
        // Evidence of contacts from before rules were kept is not looked at.
        at = rules.Begin > at ? rules.Begin.Value : at;
        if (at >= to)
        {
            _skipped.Add(
                new UnplantedItem(
                    null,
                    Plant.Evidence,
                    "The period is from before rules were kept here"
                )
            );
            return;
        }

        var mail = bed.Contact(Channel.Email, at);
        Add("A contact without any clearance", null, Plant.Evidence, bed.With([mail]), mail);
        var wrong = mail with { HasClearance = true, Named = [(Guid.CreateVersion7(), at)] };
        Add(
            "A contact whose clearance names a version that was never in force",
            null,
            Plant.Evidence,
            bed.With([wrong]),
            wrong
        );
    }

    private void Rule(PlantBed bed, TimedRule version, DateTime begin, DateTime end)
    {
        var rule = version.Rule;
        var at = Middle(begin, end);
        if (rule.Effect == BreachEffect.Warned)
        {
            Skip(rule, "It only warns, so nothing breaks it");
            return;
        }

        var channel = new[] { Channel.Phone, Channel.Sms, Channel.Email }.First(rule.Concerns);
        var contact = bed.Contact(channel, at);
        if (rule.IsBroken)
        {
            Add(
                "Any contact while a rule could not be read",
                rule.Id,
                rule.Name,
                bed.With([contact]),
                contact
            );
            return;
        }

        switch (version.Condition.GetProperty("kind").GetString())
        {
            case "time_window":
                TimeWindow(bed, version, begin, end, channel);
                break;
            case "frequency":
                Frequency(bed, version, begin, end, channel);
                break;
            case "conversation_cooldown":
                var talk = bed.Contact(Channel.Phone, at.AddSeconds(-1), ContactStatus.Answered);
                Add(
                    "A contact a second after a conversation",
                    rule.Id,
                    rule.Name,
                    bed.With([talk, contact]),
                    contact
                );
                break;
            case "min_interval":
                var gap = TimeSpan.FromMinutes(
                    version.Condition.GetProperty("minutes").GetDouble()
                );
                Add(
                    "Two contacts within half of the shortest gap",
                    rule.Id,
                    rule.Name,
                    bed.With([Earlier(bed, version, at - (gap / 2)), contact]),
                    contact
                );
                break;
            case "channel_block":
                Add(
                    "A contact on a channel the rule is about",
                    rule.Id,
                    rule.Name,
                    bed.With([contact]),
                    contact
                );
                break;
            case "consent_required":
                Add(
                    "A contact without consent to the channel",
                    rule.Id,
                    rule.Name,
                    bed.With([contact]),
                    contact
                );
                break;
            case "notice_hold":
                Add(
                    "A contact without a written notice",
                    rule.Id,
                    rule.Name,
                    bed.With([contact]),
                    contact
                );
                break;
            case "preferred_window":
                Add(
                    "A contact outside the hours the customer asked for",
                    rule.Id,
                    rule.Name,
                    bed.With([contact], p => Prefer(p, at)),
                    contact
                );
                break;
            default:
                Skip(
                    rule,
                    "It forbids nothing: it only lets one message through in spite of an opt-out"
                );
                break;
        }
    }

    private void TimeWindow(
        PlantBed bed,
        TimedRule version,
        DateTime begin,
        DateTime end,
        Channel channel
    )
    {
        var closed = ClosedTime.Find(
            version.Condition.GetProperty("windows"),
            bed.ZoneAt(Middle(begin, end)),
            begin,
            end
        );
        if (closed is not { } found)
        {
            Skip(version.Rule, "It is open around the clock");
            return;
        }

        var contact = bed.Contact(channel, found.At);
        Add(
            $"A contact at {found.Local} in {found.Zone}",
            version.Rule.Id,
            version.Rule.Name,
            bed.With([contact], p => p["timezone"] = found.Zone),
            contact
        );
    }

    private void Frequency(
        PlantBed bed,
        TimedRule version,
        DateTime begin,
        DateTime end,
        Channel channel
    )
    {
        var max = version.Condition.GetProperty("max").GetInt32();
        if (max > 5000)
        {
            Skip(version.Rule, "It allows more contacts than anybody could make");
            return;
        }

        // All on one date, so that they count whatever the period is.
        var zone = Place.Named(bed.ZoneAt(Middle(begin, end))) ?? Place.Named("America/New_York")!;
        var span = TimeSpan.FromMilliseconds(10 * (max + 2));
        var at = Enumerable
            .Range(1, 7)
            .Select(i => begin + ((end - begin) * (i / 8.0)))
            .FirstOrDefault(t => zone.DateAt(t) == zone.DateAt(t - span));
        if (at == default)
        {
            Skip(version.Rule, "It was in force for too short a time");
            return;
        }

        var contact = bed.Contact(channel, at);
        List<AttemptRow> all =
        [
            // Some rules count only after a first conversation, which is not counted itself.
            bed.Contact(Channel.Phone, at - span, ContactStatus.Answered),
            .. Enumerable
                .Range(1, max)
                .Select(i => Earlier(bed, version, at.AddMilliseconds(-10 * i))),
            contact,
        ];
        Add(
            $"Contact number {max + 1} where {max} are allowed",
            version.Rule.Id,
            version.Rule.Name,
            bed.With(all),
            contact
        );
    }

    // An earlier contact of the kind the rule counts.
    private static AttemptRow Earlier(PlantBed bed, TimedRule version, DateTime at)
    {
        var channel = version.Condition.GetProperty("count_channels")[0].GetString() switch
        {
            "email" => Channel.Email,
            "sms" => Channel.Sms,
            _ => Channel.Phone,
        };
        var status = version.Condition.GetProperty("count_statuses")[0].GetString()!;
        return bed.Contact(channel, at, Enum.Parse<ContactStatus>(status, ignoreCase: true));
    }

    // Hours that begin two hours from now and last one.
    private static void Prefer(JsonObject profile, DateTime at)
    {
        var clock = Place.Named(profile["timezone"]!.GetValue<string>())!.ClockAt(at);
        profile["preferred_contact_time_start"] = Clock(clock.AddHours(2));
        profile["preferred_contact_time_end"] = Clock(clock.AddHours(3));
    }

    private static string Clock(DateTime time) =>
        time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Stamp(DateTime utc) =>
        utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private void Add(string what, Guid? id, string rule, CustomerRecord copy, AttemptRow contact) =>
        _plants.Add(new Plant(what, id, rule, copy, contact));

    private void Skip(StatedRule rule, string why) =>
        _skipped.Add(new UnplantedItem(rule.Id, rule.Name, why));
}
