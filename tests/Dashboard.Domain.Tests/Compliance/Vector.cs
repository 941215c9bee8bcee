using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Domain.Tests.Compliance;

/// <summary>One line of <c>shared/compliance/vectors-public.jsonl</c>.</summary>
internal sealed record Vector(
    string Id,
    string Why,
    ContactFacts Facts,
    IReadOnlyList<ComplianceRule> Rules,
    ContactRequest Request,
    GateVerdict Expected,
    DateTime? NextAllowedAt
)
{
    internal static IEnumerable<Vector> All() =>
        SharedFiles
            .Lines("compliance", "vectors-public.jsonl")
            .Select(line => Read(JsonDocument.Parse(line).RootElement));

    internal GateDecision Evaluate() =>
        ComplianceGate.Evaluate(Facts, RuleSet.Compile(Rules), Request);

    private static Vector Read(JsonElement vector)
    {
        var request = vector.GetProperty("request");
        return new Vector(
            Text(vector, "id")!,
            Text(vector, "why")!,
            ReadFacts(vector.GetProperty("customer"), Items(vector, "history")),
            [.. Items(vector, "rule_params").Select(ReadRule)],
            new ContactRequest(
                EnumText.Parse<Channel>(Text(request, "channel")!),
                Utc(request, "at")!.Value,
                ReadDebts(request),
                Text(request, "purpose"),
                ReadPerson(request)
            ),
            EnumText.Parse<GateVerdict>(Text(vector, "expected")!),
            Utc(vector, "next_allowed_at")
        );
    }

    private static ContactFacts ReadFacts(JsonElement customer, IEnumerable<JsonElement> history) =>
        new()
        {
            Timezone = Text(customer, "timezone"),
            OtherTimezones = Words(customer, "other_timezones"),
            OptOuts =
            [
                .. Items(customer, "opt_outs")
                    .Select(o => new OptOutFact(
                        EnumText.Parse<OptOutChannel>(Text(o, "channel")!),
                        Utc(o, "effective_at")!.Value,
                        Utc(o, "expires_at")
                    )),
            ],
            DoNotContact = Find(customer, "do_not_contact")?.GetBoolean() == true,
            ContactRestrictions = Words(customer, "contact_restrictions"),
            PreferredWindow = Find(customer, "preferred_window") is { } window
                ? ReadWindow(window)
                : null,
            PriorConsents =
            [
                .. Items(customer, "prior_consents")
                    .Select(c => new PriorConsent(
                        EnumText.Parse<Channel>(Text(c, "channel")!),
                        Text(c, "debt"),
                        Utc(c, "given_at")!.Value
                    )),
            ],
            Consents =
            [
                .. Items(customer, "consents")
                    .Select(c => new ChannelConsent(
                        EnumText.Parse<Channel>(Text(c, "channel")!),
                        Utc(c, "last_confirmed_at")!.Value
                    )),
            ],
            NoticeSentOn = Text(customer, "notice_sent_on") is { } date
                ? DateOnly.Parse(date, CultureInfo.InvariantCulture)
                : null,
            History = [.. history.Select(ReadContact)],
        };

    private static PastContact ReadContact(JsonElement contact) =>
        new(
            EnumText.Parse<Channel>(Text(contact, "channel")!),
            Utc(contact, "at")!.Value,
            EnumText.Parse<ContactStatus>(Text(contact, "status")!),
            ReadDebts(contact),
            Find(contact, "duration_s")?.GetInt32(),
            Text(contact, "direction") == "inbound",
            ReadPerson(contact)
        );

    private static PreferredWindow ReadWindow(JsonElement window) =>
        new(
            TimeOnly.Parse(Text(window, "start")!, CultureInfo.InvariantCulture),
            TimeOnly.Parse(Text(window, "end")!, CultureInfo.InvariantCulture),
            Find(window, "days") is not null
                ?
                [
                    .. Words(window, "days")
                        .Select(day =>
                            Enum.GetValues<DayOfWeek>()
                                .Single(d =>
                                    d.ToString().StartsWith(day, StringComparison.OrdinalIgnoreCase)
                                )
                        ),
                ]
                : null
        );

    private static ComplianceRule ReadRule(JsonElement parameters, int index)
    {
        var condition = JsonObject.Create(parameters)!;
        condition.Remove("action");
        condition.Remove("enabled");
        return new ComplianceRule
        {
            Id = Guid.CreateVersion7(),
            Name = $"Rule {index + 1}",
            Condition = JsonSerializer.SerializeToElement(condition),
            Action = Text(parameters, "action") is { } action
                ? EnumText.Parse<RuleAction>(action)
                : RuleAction.BlockContact,
            IsEnabled = Find(parameters, "enabled")?.GetBoolean() != false,
        };
    }

    private static string[] ReadDebts(JsonElement contact) =>
        Text(contact, "debt") is { } debt ? [debt] : Words(contact, "debts");

    // The customer is who is meant when a line names nobody.
    private static string? ReadPerson(JsonElement contact) =>
        Text(contact, "person") is { } person and not ("customer" or "consumer" or "debtor")
            ? person
            : null;

    private static JsonElement[] Items(JsonElement parent, string key) =>
        Find(parent, key) is { } list ? [.. list.EnumerateArray()] : [];

    private static string[] Words(JsonElement parent, string key) =>
        [.. Items(parent, key).Select(e => e.GetString()!)];

    private static string? Text(JsonElement parent, string key) => Find(parent, key)?.GetString();

    private static JsonElement? Find(JsonElement parent, string key) =>
        parent.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static DateTime? Utc(JsonElement parent, string key) =>
        Text(parent, key) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime
            : null;
}
