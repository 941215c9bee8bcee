using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>What a customer's rows said at an instant.</summary>
internal static class FactReader
{
    internal const string Profiles = "customer_profiles";
    internal const string OptOuts = "opt_outs";
    internal const string Preferences = "contact_preferences";
    internal const string Consents = "consents";

    /// <summary>The facts at an instant (UTC), walked back from what is on file now.</summary>
    /// <param name="facts">The customer's rows.</param>
    /// <param name="instant">UTC.</param>
    /// <param name="onlyEntered">Without opt-outs that were entered later, though they hold from before.</param>
    internal static CustomerThen At(
        IReadOnlyList<FactRow> facts,
        DateTime instant,
        bool onlyEntered = false
    )
    {
        IEnumerable<JsonElement> Rows(string source) =>
            facts.Where(f => f.Source == source).Select(f => f.At(instant)).OfType<JsonElement>();

        var profile = Rows(Profiles).Cast<JsonElement?>().FirstOrDefault();
        var preferences = Rows(Preferences).Cast<JsonElement?>().FirstOrDefault();
        var consents = Rows(Consents).Where(c => Holds(c, instant)).ToList();
        return new CustomerThen
        {
            Timezone = Text(profile, "timezone"),
            DoNotContact = Get(profile, "do_not_contact")?.ValueKind == JsonValueKind.True,
            Restrictions = Words(profile, "contact_restrictions"),
            Preferred =
                Text(profile, "preferred_contact_time_start") is { } start
                && Text(profile, "preferred_contact_time_end") is { } end
                    ? new HoursThen(Time(start), Time(end), null)
                    : null,
            OtherTimezones = Words(preferences, "other_timezones"),
            NoticeSentOn = Text(preferences, "notice_sent_on") is { } date
                ? DateOnly.Parse(date, CultureInfo.InvariantCulture)
                : null,
            OptOuts =
            [
                .. Rows(OptOuts)
                    .Where(o => !onlyEntered || WasEntered(o, instant))
                    .Select(o => new OptOutThen(
                        EnumText.Parse<OptOutChannel>(Text(o, "channel")!),
                        Instant(o, "opted_out_at")!.Value,
                        Instant(o, "expires_at")
                    )),
            ],
            ChannelConsents =
            [
                .. consents
                    .Where(c => Text(c, "kind") == "channel")
                    .Select(c => new ChannelConsentThen(
                        EnumText.Parse<Channel>(Text(c, "channel")!),
                        Instant(c, "given_at")!.Value
                    )),
            ],
            FurtherCalls =
            [
                .. consents
                    .Where(c => Text(c, "kind") == "prior")
                    .Select(c => new PriorConsentThen(
                        EnumText.Parse<Channel>(Text(c, "channel")!),
                        Text(c, "payment_record_id"),
                        Instant(c, "given_at")!.Value
                    )),
            ],
        };
    }

    /// <summary>A campaign's limits out of its <c>config</c>; null = it has none.</summary>
    internal static LimitsThen? Limits(JsonElement? config)
    {
        if (config is not { ValueKind: JsonValueKind.Object } document)
        {
            return null;
        }

        var read = document.Deserialize<CampaignConfig>(JsonShape.Options);
        return read is null
            ? null
            : new LimitsThen(
                read.Timezone,
                read.BusinessHours?.Start,
                read.BusinessHours?.End,
                read.MaxDailyContacts,
                read.CooldownHours
            );
    }

    // A consent lifts a rule, so one that was entered afterwards must not: its key tells when it was entered.
    private static bool Holds(JsonElement consent, DateTime instant) =>
        (Instant(consent, "revoked_at") is not { } revoked || instant < revoked)
        && WasEntered(consent, instant);

    private static bool WasEntered(JsonElement row, DateTime instant) =>
        !Guid.TryParse(Text(row, "id"), out var id) || id.Version != 7 || EnteredAt(id) <= instant;

    /// <summary>The instant a version 7 key was made, UTC, to the millisecond.</summary>
    internal static DateTime EnteredAt(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        long milliseconds = 0;
        for (var i = 0; i < 6; i++)
        {
            milliseconds = (milliseconds << 8) | bytes[i];
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
    }

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static string? Text(JsonElement? row, string key) => Get(row, key)?.ToString();

    private static List<string> Words(JsonElement? row, string key) =>
        Get(row, key) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(e => e.ToString())]
            : [];

    private static DateTime? Instant(JsonElement row, string key) =>
        Text(row, key) is { } text
            ? DateTime.SpecifyKind(
                DateTime.Parse(text, CultureInfo.InvariantCulture),
                DateTimeKind.Utc
            )
            : null;

    private static JsonElement? Get(JsonElement? row, string key) =>
        row is { } element
        && element.TryGetProperty(key, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
