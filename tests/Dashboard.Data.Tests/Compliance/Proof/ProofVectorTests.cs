using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Data.Compliance.Proof;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Proof;

/// <summary>The second implementation answers every public contact-rule vector as it says.</summary>
public sealed class ProofVectorTests
{
    private static readonly Dictionary<string, JsonElement> Vectors = File.ReadLines(Find())
        .Where(l => l.Length > 0)
        .Select(l => JsonDocument.Parse(l).RootElement)
        .ToDictionary(v => v.GetProperty("id").GetString()!, StringComparer.Ordinal);

    public static TheoryData<string> Ids => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_second_opinion_is_that_of_the_vector(string id)
    {
        var vector = Vectors[id];
        var rules = Items(vector, "rule_params")
            .Where(p => Get(p, "enabled")?.GetBoolean() != false)
            .Select(ReadRule)
            .ToList();

        var breaches = Judge.Look(ReadMoment(vector), rules);

        Assert.True(
            vector.GetProperty("expected").GetString() == Verdict(breaches),
            $"{vector.GetProperty("why")}\n{string.Join('\n', breaches)}"
        );
    }

    [Fact]
    public void The_file_holds_the_135_public_vectors() => Assert.Equal(135, Vectors.Count);

    internal static string Verdict(IReadOnlyCollection<Breach> breaches) =>
        breaches.Count == 0
            ? "allowed"
            : breaches.Max(b => b.Effect) switch
            {
                BreachEffect.Warned => "allowed_with_warning",
                BreachEffect.NeedsApproval => "requires_approval",
                BreachEffect.NeedsPerson => "escalate",
                _ => "blocked",
            };

    private static StatedRule ReadRule(JsonElement parameters)
    {
        var condition = JsonObject.Create(parameters)!;
        condition.Remove("action");
        condition.Remove("enabled");
        return RuleBook.Read(
            Guid.CreateVersion7(),
            parameters.ToString(),
            default,
            Text(parameters, "action") is { } action
                ? EnumText.Parse<RuleAction>(action)
                : RuleAction.BlockContact,
            JsonSerializer.SerializeToElement(condition)
        );
    }

    private static Moment ReadMoment(JsonElement vector)
    {
        var customer = ReadCustomer(vector.GetProperty("customer"));
        var request = vector.GetProperty("request");
        var at = Utc(request, "at")!.Value;
        return new Moment
        {
            Channel = EnumText.Parse<Channel>(Text(request, "channel")!),
            At = at,
            Debts = Debts(request),
            Purpose = Text(request, "purpose"),
            Person = Person(request),
            Customer = customer,
            Places = Moment.PlacesOf(customer),
            Past = [.. Items(vector, "history").Select(ReadContact).Where(c => c.At <= at)],
        };
    }

    private static OnRecord ReadContact(JsonElement contact) =>
        new(
            EnumText.Parse<Channel>(Text(contact, "channel")!),
            Utc(contact, "at")!.Value,
            EnumText.Parse<ContactStatus>(Text(contact, "status")!),
            Debts(contact),
            Get(contact, "duration_s")?.GetInt32(),
            Text(contact, "direction") == "inbound",
            Person(contact)
        );

    private static CustomerThen ReadCustomer(JsonElement customer) =>
        new()
        {
            Timezone = Text(customer, "timezone"),
            OtherTimezones = Words(customer, "other_timezones"),
            DoNotContact = Get(customer, "do_not_contact")?.GetBoolean() == true,
            Restrictions = Words(customer, "contact_restrictions"),
            Preferred = Get(customer, "preferred_window") is { } window
                ? new HoursThen(
                    TimeOnly.Parse(Text(window, "start")!, CultureInfo.InvariantCulture),
                    TimeOnly.Parse(Text(window, "end")!, CultureInfo.InvariantCulture),
                    Get(window, "days") is null
                        ? null
                        :
                        [
                            .. Enum.GetValues<DayOfWeek>()
                                .Where(d =>
                                    Words(window, "days")
                                        .Contains(d.ToString()[..3].ToLowerInvariant())
                                ),
                        ]
                )
                : null,
            OptOuts =
            [
                .. Items(customer, "opt_outs")
                    .Select(o => new OptOutThen(
                        EnumText.Parse<OptOutChannel>(Text(o, "channel")!),
                        Utc(o, "effective_at")!.Value,
                        Utc(o, "expires_at")
                    )),
            ],
            FurtherCalls =
            [
                .. Items(customer, "prior_consents")
                    .Select(c => new PriorConsentThen(
                        EnumText.Parse<Channel>(Text(c, "channel")!),
                        Text(c, "debt"),
                        Utc(c, "given_at")!.Value
                    )),
            ],
            ChannelConsents =
            [
                .. Items(customer, "consents")
                    .Select(c => new ChannelConsentThen(
                        EnumText.Parse<Channel>(Text(c, "channel")!),
                        Utc(c, "last_confirmed_at")!.Value
                    )),
            ],
            NoticeSentOn = Text(customer, "notice_sent_on") is { } date
                ? DateOnly.Parse(date, CultureInfo.InvariantCulture)
                : null,
        };

    private static string[] Debts(JsonElement contact) =>
        Text(contact, "debt") is { } debt ? [debt] : Words(contact, "debts");

    private static string? Person(JsonElement contact) =>
        Text(contact, "person") is { } person and not ("customer" or "consumer" or "debtor")
            ? person
            : null;

    private static JsonElement[] Items(JsonElement parent, string key) =>
        Get(parent, key) is { } list ? [.. list.EnumerateArray()] : [];

    private static string[] Words(JsonElement parent, string key) =>
        [.. Items(parent, key).Select(e => e.GetString()!)];

    private static string? Text(JsonElement parent, string key) => Get(parent, key)?.GetString();

    private static JsonElement? Get(JsonElement parent, string key) =>
        parent.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static DateTime? Utc(JsonElement parent, string key) =>
        Text(parent, key) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime
            : null;

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Dashboard.sln")))
        {
            root = root.Parent;
        }

        Assert.True(root is not null, "Dashboard.sln was not found above the test assembly.");
        return new[] { "../shared", "../../shared" }
            .Select(f =>
                Path.GetFullPath(
                    Path.Combine(root.FullName, f, "compliance", "vectors-public.jsonl")
                )
            )
            .First(File.Exists);
    }
}
