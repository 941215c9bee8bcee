using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>One row of what the gate knows of a customer, as it was until an instant.</summary>
/// <param name="Source">Table it is of.</param>
/// <param name="Row">Its columns.</param>
/// <param name="Until">UTC, exclusive; null = it is so still.</param>
internal sealed record PastFact(string Source, JsonElement Row, DateTime? Until)
{
    /// <summary>Which row of the table.</summary>
    public string Key { get; } =
        Row.TryGetProperty("id", out var id) ? id.ToString() : string.Empty;
}

/// <summary>
/// What was known of one customer at any past instant: the current rows, and the earlier ones of
/// <c>ops.contact_fact_history</c> up to when they were changed. A row is taken to have been there before its first change; its
/// own dates (<c>opted_out_at</c>, <c>given_at</c>) say from when it counts.
/// </summary>
internal sealed class PastFacts
{
    private readonly IReadOnlyList<PastFact> _rows;
    private readonly DateTime[] _changes;
    private readonly Dictionary<int, ContactFacts> _known = [];

    /// <summary>Of these rows.</summary>
    public PastFacts(IReadOnlyList<PastFact> rows)
    {
        _rows = rows;
        _changes =
        [
            .. rows.Select(r => r.Until)
                .Concat(
                    rows.Where(r => r.Source == "consents").Select(r => Time(r.Row, "revoked_at"))
                )
                .OfType<DateTime>()
                .Distinct()
                .Order(),
        ];
    }

    /// <summary>As of an instant, without the history of contacts.</summary>
    public ContactFacts At(DateTime utc)
    {
        var segment = _changes.Length == 0 ? 0 : _changes.Count(c => c <= utc);
        if (!_known.TryGetValue(segment, out var facts))
        {
            _known[segment] = facts = Build(utc);
        }

        return facts;
    }

    private ContactFacts Build(DateTime utc)
    {
        var rows = _rows
            .Where(r => r.Until is null || r.Until > utc)
            .GroupBy(r => (r.Source, r.Key))
            .Select(g => g.MinBy(r => r.Until ?? DateTime.MaxValue)!)
            .ToLookup(r => r.Source, r => r.Row);
        var profile = rows["customer_profiles"].FirstOrDefault();
        var preferences = rows["contact_preferences"].FirstOrDefault();
        var consents = rows["consents"]
            .Where(c => Time(c, "revoked_at") is not { } end || end > utc)
            .ToLookup(c => Text(c, "kind"));
        return new ContactFacts
        {
            Timezone = Text(profile, "timezone"),
            OtherTimezones = Texts(preferences, "other_timezones"),
            DoNotContact = Find(profile, "do_not_contact") is { ValueKind: JsonValueKind.True },
            ContactRestrictions = Texts(profile, "contact_restrictions"),
            PreferredWindow = Window(profile),
            NoticeSentOn = Text(preferences, "notice_sent_on") is { } day
                ? DateOnly.Parse(day, CultureInfo.InvariantCulture)
                : null,
            OptOuts = [.. rows["opt_outs"].Select(OptOut)],
            Consents =
            [
                .. consents["channel"].Select(c => new ChannelConsent(Channel(c), Given(c))),
            ],
            PriorConsents =
            [
                .. consents["prior"]
                    .Select(c => new PriorConsent(
                        Channel(c),
                        Text(c, "payment_record_id"),
                        Given(c)
                    )),
            ],
        };
    }

    private static PreferredWindow? Window(JsonElement profile) =>
        Text(profile, "preferred_contact_time_start") is { } start
        && Text(profile, "preferred_contact_time_end") is { } end
            ? new PreferredWindow(
                TimeOnly.Parse(start, CultureInfo.InvariantCulture),
                TimeOnly.Parse(end, CultureInfo.InvariantCulture)
            )
            : null;

    private static OptOutFact OptOut(JsonElement row) =>
        new(
            EnumText.Parse<OptOutChannel>(Text(row, "channel")!),
            Time(row, "opted_out_at") ?? DateTime.MinValue,
            Time(row, "expires_at")
        );

    private static Channel Channel(JsonElement row) =>
        EnumText.Parse<Channel>(Text(row, "channel")!);

    private static DateTime Given(JsonElement consent) =>
        Time(consent, "given_at") ?? DateTime.MaxValue;

    private static JsonElement? Find(JsonElement row, string column) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty(column, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static string? Text(JsonElement row, string column) => Find(row, column)?.ToString();

    private static string[] Texts(JsonElement row, string column) =>
        Find(row, column) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(e => e.ToString())]
            : [];

    private static DateTime? Time(JsonElement row, string column) =>
        Text(row, column) is { } text
            ? DateTime.Parse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
            )
            : null;
}
