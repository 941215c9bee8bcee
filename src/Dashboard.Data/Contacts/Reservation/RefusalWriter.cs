using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Data.Sql;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>Keeps every refusal of the gate (<c>ops.gate_refusals</c>) in the transaction of the decision.</summary>
internal sealed class RefusalWriter
{
    /// <summary>Adds the statement.</summary>
    public static void Write(NpgsqlBatch batch, IReadOnlyList<Outcome> outcomes)
    {
        var refused = outcomes
            .Where(o => o is Stop or Ask or Wait { IsKept: true } && o.Judgement is not null)
            .Select(o => (o.Task, Judgement: o.Judgement!, Binding: o.Judgement!.Decision.Binding))
            .ToList();
        if (refused.Count == 0)
        {
            return;
        }

        batch.Add(
            SqlFile.Read<RefusalWriter>("Refuse"),
            Statement.Keys(refused.Select(r => r.Task.Id)),
            Statement.Keys(refused.Select(r => r.Task.CustomerId)),
            Statement.KeysOrNull(refused.Select(r => r.Task.CampaignId)),
            Statement.Texts(refused.Select(r => r.Task.Channel.ToText())),
            Statement.Instants(refused.Select(r => (DateTime?)r.Judgement.Request.At)),
            Statement.Texts(refused.Select(r => r.Judgement.Decision.Verdict.ToText())),
            Statement.Instants(refused.Select(r => r.Judgement.Decision.NextAllowedAt)),
            Statement.KeysOrNull(refused.Select(r => r.Binding?.RuleId)),
            Statement.Texts(refused.Select(r => r.Binding?.Rule ?? string.Empty)),
            Statement.Texts(refused.Select(r => r.Binding?.Explanation ?? string.Empty)),
            Statement.Texts(refused.Select(r => JsonShape.Write(r.Judgement.Request.Debts))),
            Statement.Texts(refused.Select(r => Findings(r.Judgement)))
        );
    }

    /// <summary>Findings that did not allow; those of rules in shadow say so with <c>"shadow": true</c>.</summary>
    private static string Findings(Judgement judgement)
    {
        var refusing = judgement.Decision.Findings.Where(f => f.Verdict != GateVerdict.Allowed);
        var shadow = judgement
            .Shadow.Findings.Where(f => f.Verdict != GateVerdict.Allowed)
            .ToList();
        if (shadow.Count == 0)
        {
            return JsonShape.Write(refusing.ToList());
        }

        var list = new JsonArray([
            .. refusing.Select(f => JsonSerializer.SerializeToNode(f, JsonShape.Options)),
        ]);
        foreach (var finding in shadow)
        {
            var node = JsonSerializer.SerializeToNode(finding, JsonShape.Options)!;
            node["shadow"] = true;
            list.Add(node);
        }

        return list.ToJsonString(JsonShape.Options);
    }
}
