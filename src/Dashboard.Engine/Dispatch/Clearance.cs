using System.Buffers;
using System.Text;
using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Engine.Dispatch;

/// <summary>
/// The evidence that a contact was allowed (contracts.md, contact_attempts.metadata.clearance): when, whom, which invoices,
/// and every rule with its version, what it saw and what it said. Written once.
/// </summary>
internal static class Clearance
{
    /// <summary>The clearance as JSON text.</summary>
    public static string Write(ContactFacts facts, ContactRequest request, GateDecision decision)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("decision", decision.Verdict.ToText());
            json.WriteString("evaluated_at", request.At);
            json.WriteString("channel", request.Channel.ToText());
            json.WriteStartArray("debts");
            foreach (var debt in request.Debts)
            {
                json.WriteStringValue(debt);
            }

            json.WriteEndArray();
            json.WriteString("timezone", facts.Timezone);
            json.WriteBoolean("do_not_contact", facts.DoNotContact);
            json.WritePropertyName("opt_outs");
            JsonSerializer.Serialize(json, facts.OptOuts, JsonShape.Options);
            json.WriteNumber("attempts_seen", facts.History.Count);
            json.WritePropertyName("findings");
            JsonSerializer.Serialize(json, decision.Findings, JsonShape.Options);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
