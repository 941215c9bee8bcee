using System.Text.Json;
using Dashboard.Web.Components;
using Dashboard.Web.Components.Findings;

namespace Dashboard.Web.Features.Compliance.Why;

/// <summary>What a clearance says was known of the customer, in words; keys it does not have are left out.</summary>
internal static class CustomerFactWords
{
    /// <summary>Reads a clearance (contracts.md).</summary>
    public static IReadOnlyList<WhyFact> Of(JsonElement? clearance, DateTime at, RuleLookup lookup)
    {
        if (clearance is not { ValueKind: JsonValueKind.Object })
        {
            return [];
        }

        var zone = JsonText.Of(clearance, "timezone");
        List<WhyFact?> facts =
        [
            new("Local time", zone is null ? "no zone known" : WhyText.Instant(at, zone)),
            Source("Zone known from", JsonText.Of(clearance, "timezone_source")),
            Listed("Further zones", JsonText.List(clearance, "other_timezones")),
            Listed(
                "Invoices",
                [.. JsonText.List(clearance, "debts").Select(lookup.Invoice)],
                JsonText.At(clearance, "debts") is null ? null : "none named"
            ),
            JsonText.At(clearance, "do_not_contact") is { } stop
                ? new("Do not contact", stop.ValueKind == JsonValueKind.True ? "yes" : "no")
                : null,
            Listed("Channels ruled out", JsonText.List(clearance, "contact_restrictions")),
            OptOuts(clearance, zone),
            Count("Consents to channels", clearance, "consents"),
            Count("Prior consents", clearance, "prior_consents"),
            Window(JsonText.At(clearance, "preferred_window")),
            JsonText.Of(clearance, "notice_sent_on") is { } notice
                ? new("Notice sent", FactWords.When(notice, zone))
                : null,
            History(clearance),
            Listed("Warnings", JsonText.List(clearance, "warnings")),
        ];
        return [.. facts.OfType<WhyFact>()];
    }

    private static WhyFact? Source(string label, string? source) =>
        source is null
            ? null
            : new WhyFact(
                label,
                source switch
                {
                    "customer_profiles.timezone" => $"the customer's profile ({source})",
                    "ops.contact_preferences.other_timezones" =>
                        $"the customer's contact preferences ({source})",
                    _ => source,
                }
            );

    private static WhyFact? Listed(
        string label,
        IReadOnlyList<string> values,
        string? none = null
    ) =>
        values.Count > 0 ? new(label, string.Join(", ", values))
        : none is null ? null
        : new(label, none);

    private static WhyFact? Count(string label, JsonElement? clearance, string key) =>
        JsonText.At(clearance, key) is { ValueKind: JsonValueKind.Array } list
            ? new(label, list.GetArrayLength() == 0 ? "none" : $"{list.GetArrayLength()} on file")
            : null;

    private static WhyFact? OptOuts(JsonElement? clearance, string? zone)
    {
        if (JsonText.At(clearance, "opt_outs") is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var said = list.EnumerateArray()
            .Select(o =>
            {
                var channel = JsonText.Of(o, "channel") is "all" or null
                    ? "all channels"
                    : JsonText.Of(o, "channel");
                var since = JsonText.Instant(JsonText.Of(o, "effective_at")) is { } from
                    ? $" since {Times.Absolute(from, zone)}"
                    : "";
                var end = JsonText.Instant(JsonText.Of(o, "expires_at")) is { } until
                    ? $" until {Times.Absolute(until, zone)}"
                    : "";
                return $"{channel}{since}{end}";
            })
            .ToList();
        return new("Opt-outs", said.Count == 0 ? "none" : string.Join("; ", said));
    }

    private static WhyFact? Window(JsonElement? window) =>
        JsonText.Of(window, "start") is { } start && JsonText.Of(window, "end") is { } end
            ? new("Hours the customer asked for", $"{Minutes(start)}–{Minutes(end)}")
            : null;

    private static string Minutes(string time) => time.Length >= 5 ? time[..5] : time;

    private static WhyFact? History(JsonElement? clearance)
    {
        if (JsonText.Number(clearance, "attempts_seen") is not { } seen)
        {
            return null;
        }

        var inbound = JsonText.Number(clearance, "inbound_seen") is > 0 and var came
            ? $", {came} from the customer"
            : "";
        var open = JsonText.Number(clearance, "results_unknown") is > 0 and var unknown
            ? $", {unknown} with a result not yet known"
            : "";
        return new("Earlier contacts looked at", $"{seen}{inbound}{open}");
    }
}
