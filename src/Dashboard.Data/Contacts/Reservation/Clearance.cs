using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Time;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>
/// The evidence that a contact was allowed (contracts.md, contact_attempts.metadata.clearance): when, whom, which invoices, what
/// was known of the customer and from where, and every rule with its version, what it saw and what it said. Written once.
/// </summary>
internal static class Clearance
{
    /// <summary>The clearance as JSON text.</summary>
    public static string Write(Judgement judgement)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteDecision(json, judgement);
            WriteZones(json, judgement.Sheet.Facts, judgement.Request.At);
            WriteCustomer(json, judgement.Sheet);
            WriteApprovals(json, judgement.Approvals);
            json.WritePropertyName("findings");
            JsonSerializer.Serialize(json, judgement.Decision.Findings, JsonShape.Options);
            if (judgement.Shadow.Json.Length > 0)
            {
                json.WritePropertyName("shadow");
                json.WriteRawValue(judgement.Shadow.Json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The rules that warned; empty when none did.</summary>
    public static IEnumerable<string> Warnings(GateDecision decision) =>
        decision
            .Findings.Where(f => f.Verdict == GateVerdict.AllowedWithWarning)
            .Select(f => f.Rule);

    private static void WriteDecision(Utf8JsonWriter json, Judgement judgement)
    {
        var (request, decision) = (judgement.Request, judgement.Decision);
        // What required approval and has it goes out like what only warned.
        var verdict =
            decision.Verdict == GateVerdict.Allowed
                ? GateVerdict.Allowed
                : GateVerdict.AllowedWithWarning;
        json.WriteString("decision", verdict.ToText());
        json.WriteString("evaluated_at", request.At);
        json.WriteString("channel", request.Channel.ToText());
        WriteList(json, "debts", request.Debts);
        WriteList(json, "warnings", Warnings(decision));
    }

    private static void WriteZones(Utf8JsonWriter json, ContactFacts facts, DateTime at)
    {
        json.WriteString("timezone", facts.Timezone);
        json.WriteString("timezone_source", "customer_profiles.timezone");
        WriteList(json, "other_timezones", facts.OtherTimezones);
        json.WriteString("other_timezones_source", "ops.contact_preferences.other_timezones");
        json.WriteStartObject("local_times");
        foreach (
            var name in facts.OtherTimezones.Prepend(facts.Timezone ?? string.Empty).Distinct()
        )
        {
            if (LocalZone.Find(name) is { } zone)
            {
                json.WriteString(
                    name,
                    zone.LocalAt(at).ToString("s", CultureInfo.InvariantCulture)
                );
            }
        }

        json.WriteEndObject();
    }

    private static void WriteCustomer(Utf8JsonWriter json, FactSheet sheet)
    {
        var facts = sheet.Facts;
        json.WriteBoolean("do_not_contact", facts.DoNotContact);
        WriteList(json, "contact_restrictions", facts.ContactRestrictions);
        json.WritePropertyName("opt_outs");
        JsonSerializer.Serialize(json, facts.OptOuts, JsonShape.Options);
        json.WritePropertyName("consents");
        JsonSerializer.Serialize(json, facts.Consents, JsonShape.Options);
        json.WritePropertyName("prior_consents");
        JsonSerializer.Serialize(json, facts.PriorConsents, JsonShape.Options);
        if (facts.PreferredWindow is { } window)
        {
            json.WritePropertyName("preferred_window");
            JsonSerializer.Serialize(json, window, JsonShape.Options);
        }

        if (facts.NoticeSentOn is { } notice)
        {
            json.WriteString(
                "notice_sent_on",
                notice.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            );
        }

        var inbound = facts.History.Count(c => c.Inbound);
        json.WriteNumber("attempts_seen", facts.History.Count - inbound);
        json.WriteNumber("inbound_seen", inbound);
        json.WriteNumber("results_unknown", sheet.Uncertain.Count);
    }

    private static void WriteApprovals(Utf8JsonWriter json, IReadOnlyList<Approval> approvals)
    {
        if (approvals.Count > 0)
        {
            json.WritePropertyName("approvals");
            JsonSerializer.Serialize(json, approvals, JsonShape.Options);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
