using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Contacts.Reservation;

/// <summary>
/// What rules in shadow would have said. They never act: whatever goes wrong here is noted in their place and nowhere else.
/// </summary>
/// <param name="Findings">One for each rule in shadow.</param>
/// <param name="Json">The same as JSON; empty when there is none.</param>
internal sealed record ShadowFindings(IReadOnlyList<Finding> Findings, string Json)
{
    /// <summary>No rule is in shadow.</summary>
    public static ShadowFindings None { get; } = new([], string.Empty);

    /// <summary>Evaluates them; texts are made here, where a failure does no harm.</summary>
    public static ShadowFindings Of(RuleSet? rules, ContactFacts facts, ContactRequest request)
    {
        if (rules is null)
        {
            return None;
        }

        try
        {
            var findings = ComplianceGate
                .Evaluate(facts, rules, request)
                .Findings.Where(f => f.RuleId is not null)
                .ToList();
            return new ShadowFindings(findings, JsonShape.Write(findings));
        }
        catch (Exception failure)
        {
            var fault = new { Failure = failure.Message };
            return new ShadowFindings(
                [],
                $"[{JsonSerializer.Serialize(fault, JsonShape.Options)}]"
            );
        }
    }
}
