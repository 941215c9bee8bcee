using System.Globalization;
using Dashboard.Web.Components;
using Dashboard.Web.Components.Findings;

namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>The facts of a finding in words a person reads.</summary>
internal static class FactWords
{
    private static readonly HashSet<string> s_saidElsewhere = new(StringComparer.Ordinal)
    {
        "zone",
        "max",
    };

    /// <summary>Every fact, none left out; keys that this version does not know are shown as they are.</summary>
    /// <param name="facts">As the gate writes them.</param>
    /// <param name="zone">IANA zone in which instants are said.</param>
    /// <param name="invoices">Invoice numbers by key.</param>
    public static IReadOnlyList<WhyFact> Of(
        IReadOnlyDictionary<string, string> facts,
        string? zone,
        IReadOnlyDictionary<string, string> invoices
    )
    {
        var said = new List<WhyFact>();
        foreach (var (key, value) in facts)
        {
            if (!IsSaidElsewhere(key, facts))
            {
                said.Add(Say(key, value, facts, zone, invoices));
            }
        }

        return said;
    }

    private static bool IsSaidElsewhere(string key, IReadOnlyDictionary<string, string> facts) =>
        s_saidElsewhere.Contains(key)
        && (facts.ContainsKey("local_time") || facts.ContainsKey("count"))
        && (key != "zone" || facts.ContainsKey("local_time"));

    private static WhyFact Say(
        string key,
        string value,
        IReadOnlyDictionary<string, string> facts,
        string? zone,
        IReadOnlyDictionary<string, string> invoices
    ) =>
        key switch
        {
            "local_time" => new("Local time", LocalTimes(value, facts.GetValueOrDefault("zone"))),
            "zone" => new("Days counted in", Place(value)),
            "zone_source" => new("Zone known from", ZoneSource(value)),
            "hours" => new("Allowed hours", value),
            "count" => new("Counted", $"{value} of {facts.GetValueOrDefault("max", "?")}"),
            "period" => new("Counted over", Period(value)),
            "per" => new("Counted for", value == "debt" ? "each invoice" : "the customer"),
            "prior_consent" => new("Prior consent", value == "yes" ? "given" : "none in force"),
            "debt" => new("Invoice", invoices.GetValueOrDefault(value, value)),
            "minutes" => new("Least distance", $"{value} minutes"),
            "within_minutes" => new("Within", $"{value} minutes"),
            "max_age_days" => new("Consent holds for", value == "none" ? "ever" : Days(value)),
            "days" => new("Days", value),
            "opt_out" => new("Opt-out", value == "all" ? "all channels" : value),
            "do_not_contact" => new("Do not contact", value == "true" ? "yes" : "no"),
            "contact_restrictions" => new("Channels ruled out", value.Length == 0 ? "none" : value),
            "broken" => new("What is wrong with it", value),
            _ when key.EndsWith("_at", StringComparison.Ordinal)
                    || key.EndsWith("_on", StringComparison.Ordinal) => new(
                Label(key),
                When(value, zone)
            ),
            _ => new(Label(key), value),
        };

    /// <summary>"calendar_days 7" → "7 calendar days".</summary>
    private static string Period(string fact) =>
        fact.Split(' ') switch
        {
            ["calendar_days", "1"] => "1 calendar day",
            ["calendar_days", var days] => $"{days} calendar days",
            ["rolling_hours", "1"] => "the last hour",
            ["rolling_hours", var hours] => $"the last {hours} hours",
            ["calendar_week"] => "the calendar week",
            ["calendar_month"] => "the calendar month",
            _ => fact.Replace('_', ' '),
        };

    private static string Days(string number) => number == "1" ? "1 day" : $"{number} days";

    /// <summary>The customer's clocks: "Wed 3 Jun 2026, 07:12 in New York (America/New_York)".</summary>
    private static string LocalTimes(string times, string? zones)
    {
        var places = (zones ?? "").Split(", ");
        return string.Join(
            "; ",
            times
                .Split(", ")
                .Select(
                    (time, i) => Clock(time) + (i < places.Length ? $" in {Place(places[i])}" : "")
                )
        );
    }

    private static string Clock(string sortable) =>
        DateTime.TryParse(sortable, CultureInfo.InvariantCulture, out var local)
            ? local.ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)
            : sortable;

    private static string Place(string zone) =>
        zone.Length == 0 ? "an unknown zone"
        : zone.Contains('/') ? $"{Times.ZoneName(zone)} ({zone})"
        : zone;

    private static string ZoneSource(string source) =>
        source switch
        {
            "customer" => "the customer's record",
            "fallback" => "the rule, since the customer's zone is not known",
            _ => source.Replace('_', ' '),
        };

    /// <summary>An instant in the customer's zone, a date as a date, words as they are.</summary>
    internal static string When(string value, string? zone) =>
        value.EndsWith('Z') && JsonText.Instant(value) is { } at ? WhyText.Instant(at, zone)
        : DateOnly.TryParseExact(
            value,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)
        : value;

    private static string Label(string key) =>
        key switch
        {
            "effective_at" => "Opted out",
            "expires_at" => "Ends",
            "last_contact_at" => "Last contact",
            "last_conversation_at" => "Last conversation",
            "consent_confirmed_at" => "Consent confirmed",
            "notice_sent_on" => "Notice sent",
            _ => char.ToUpperInvariant(key[0]) + key[1..].Replace('_', ' '),
        };
}
