using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Web.Api.Compliance;

/// <summary>Makes facts, rules and a request for the gate out of a body.</summary>
internal sealed class EvaluateReader(FieldReader fields)
{
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] s_customerWords = ["customer", "consumer", "debtor"];

    /// <summary>The facts of a customer given in full.</summary>
    public ContactFacts Facts(EvaluateCustomer customer, IReadOnlyList<EvaluateContact> history) =>
        new()
        {
            Timezone = customer.Timezone,
            OtherTimezones = customer.OtherTimezones,
            DoNotContact = customer.DoNotContact,
            ContactRestrictions = customer.ContactRestrictions,
            OptOuts = [.. customer.OptOuts.Select(OptOut)],
            PreferredWindow = customer.PreferredWindow is { } window ? Window(window) : null,
            PriorConsents =
            [
                .. customer.PriorConsents.Select(
                    (c, i) =>
                        new PriorConsent(
                            fields.Word<Channel>(
                                $"customer.prior_consents[{i}].channel",
                                c.Channel
                            ),
                            c.Debt,
                            fields.Instant($"customer.prior_consents[{i}].given_at", c.GivenAt)
                        )
                ),
            ],
            Consents =
            [
                .. customer.Consents.Select(
                    (c, i) =>
                        new ChannelConsent(
                            fields.Word<Channel>($"customer.consents[{i}].channel", c.Channel),
                            fields.Instant(
                                $"customer.consents[{i}].last_confirmed_at",
                                c.LastConfirmedAt
                            )
                        )
                ),
            ],
            NoticeSentOn = fields.OptionalDate("customer.notice_sent_on", customer.NoticeSentOn),
            History = [.. history.Select(Contact)],
        };

    /// <summary>The request.</summary>
    public ContactRequest Request(EvaluateContact request) =>
        new(
            fields.Word<Channel>("request.channel", request.Channel),
            fields.Instant("request.at", request.At),
            Debts(request),
            request.Purpose,
            Person(request)
        );

    /// <summary>Rules in their order; what a row leaves out has a harmless default, but never the condition.</summary>
    /// <param name="rules">Rows of <c>compliance_rules</c>; or a vector's sentences, which then need <paramref name="vectorParameters"/>.</param>
    /// <param name="vectorParameters">A vector's <c>rule_params</c>: conditions with <c>action</c> and <c>enabled</c> among their keys.</param>
    public IReadOnlyList<ComplianceRule> Rules(JsonElement rules, JsonElement? vectorParameters)
    {
        if (rules.ValueKind != JsonValueKind.Array)
        {
            fields.Fault("rules", "must be a list of compliance_rules rows.");
            return [];
        }

        var sentences = rules.EnumerateArray().All(r => r.ValueKind == JsonValueKind.String);
        return
            sentences
            && vectorParameters is { ValueKind: JsonValueKind.Array } parameters
            && parameters.EnumerateArray().All(p => p.ValueKind == JsonValueKind.Object)
            ? [.. parameters.EnumerateArray().Select(RowOf).Select(Rule)]
            : [.. rules.EnumerateArray().Select(Rule)];
    }

    private static JsonElement RowOf(JsonElement parameters)
    {
        var condition = JsonObject.Create(parameters)!;
        condition.Remove("action", out var action);
        condition.Remove("enabled", out var enabled);
        var row = new JsonObject
        {
            ["action"] = action ?? RuleAction.BlockContact.ToText(),
            ["is_enabled"] = enabled,
            ["condition"] = condition,
        };
        return JsonSerializer.SerializeToElement(row);
    }

    private ComplianceRule Rule(JsonElement row, int index)
    {
        var path = $"rules[{index}]";
        if (row.ValueKind != JsonValueKind.Object)
        {
            fields.Fault(
                path,
                "must be a compliance_rules row: {\"name\", \"rule_type\", \"condition\", \"action\"}."
            );
            return new ComplianceRule();
        }

        return new ComplianceRule
        {
            Id = Guid.TryParse(Text(row, "id"), out var id) ? id : Guid.CreateVersion7(),
            Name = Text(row, "name") is { Length: > 0 } name ? name : $"Rule {index + 1}",
            Description = Text(row, "description"),
            RuleType = Text(row, "rule_type") ?? string.Empty,
            Condition = row.TryGetProperty("condition", out var condition) ? condition : default,
            Action = fields.Word<RuleAction>($"{path}.action", Text(row, "action")),
            IsEnabled =
                !row.TryGetProperty("is_enabled", out var on)
                || on.ValueKind != JsonValueKind.False,
        };
    }

    private OptOutFact OptOut(EvaluateOptOut optOut, int index)
    {
        var path = $"customer.opt_outs[{index}]";
        return new OptOutFact(
            fields.Word<OptOutChannel>($"{path}.channel", optOut.Channel),
            fields.Instant($"{path}.effective_at", optOut.EffectiveAt),
            fields.OptionalInstant($"{path}.expires_at", optOut.ExpiresAt)
        );
    }

    private PreferredWindow Window(EvaluateWindow window)
    {
        const string Path = "customer.preferred_window";
        var days = window.Days?.Select(
            (day, i) =>
            {
                var index = Array.FindIndex(
                    s_days,
                    d => day.StartsWith(d, StringComparison.OrdinalIgnoreCase)
                );
                if (index < 0)
                {
                    fields.Fault($"{Path}.days[{i}]", $"is '{day}': use mon, tue, … sun.");
                }

                return (DayOfWeek)Math.Max(0, index);
            }
        );
        return new PreferredWindow(
            fields.Time($"{Path}.start", window.Start),
            fields.Time($"{Path}.end", window.End),
            days is null ? null : [.. days]
        );
    }

    private PastContact Contact(EvaluateContact contact, int index)
    {
        var path = $"history[{index}]";
        if (contact.Direction is not (null or "inbound" or "outbound"))
        {
            fields.Fault(
                $"{path}.direction",
                $"is '{contact.Direction}': use inbound or outbound."
            );
        }

        if (contact.DurationS < 0)
        {
            fields.Fault($"{path}.duration_s", "is below 0: use seconds.");
        }

        return new PastContact(
            fields.Word<Channel>($"{path}.channel", contact.Channel),
            fields.Instant($"{path}.at", contact.At),
            fields.Word<ContactStatus>($"{path}.status", contact.Status),
            Debts(contact),
            contact.DurationS,
            contact.Direction == "inbound",
            Person(contact)
        );
    }

    private static List<string> Debts(EvaluateContact contact) =>
        contact.Debt is { } debt ? [debt] : contact.Debts ?? [];

    private static string? Person(EvaluateContact contact) =>
        contact.Person is { } person && !s_customerWords.Contains(person, StringComparer.Ordinal)
            ? person
            : null;

    private static string? Text(JsonElement row, string key) =>
        row.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
