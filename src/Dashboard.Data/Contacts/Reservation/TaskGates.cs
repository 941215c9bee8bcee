using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>What a task's context keeps of a decision (contracts.md, tasks.context.gate).</summary>
internal static class TaskGates
{
    /// <summary>The gate's decision with its findings.</summary>
    public static TaskGate Of(GateDecision decision, DateTime now)
    {
        var gate = Of(
            decision.Verdict.ToText(),
            now,
            decision.NextAllowedAt,
            decision.Binding?.Explanation
        );
        gate.Findings = JsonSerializer.SerializeToElement(decision.Findings, JsonShape.Options);
        return gate;
    }

    /// <summary>A decision of another kind.</summary>
    public static TaskGate Of(
        string decision,
        DateTime now,
        DateTime? next = null,
        string? explanation = null
    ) =>
        new()
        {
            Decision = decision,
            NextAllowedAt = next,
            EvaluatedAt = now,
            Explanation = explanation,
        };
}
