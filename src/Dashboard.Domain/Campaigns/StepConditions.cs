using System.Text.Json;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Domain.Campaigns;

/// <summary>What the conditions of a step are held against; loaded before.</summary>
/// <param name="AmountOutstanding">Of the campaign's invoices, in their currency.</param>
/// <param name="DaysOverdue">Of the oldest of them.</param>
/// <param name="RiskLevel">Null = not assessed.</param>
/// <param name="ResponseRate">0 to 1; null = no contacts yet.</param>
/// <param name="DaysSinceLastContact">Null = never contacted, which is longer ago than any number of days.</param>
/// <param name="PreviousOutcome"><c>completed</c>, <c>failed</c>, <c>skipped</c>, … ; null for the first step.</param>
public sealed record StepFacts(
    decimal AmountOutstanding,
    int DaysOverdue,
    RiskLevel? RiskLevel,
    decimal? ResponseRate,
    double? DaysSinceLastContact,
    string? PreviousOutcome
);

/// <summary>Whether a step is taken.</summary>
/// <param name="SkipReason">Why it is skipped, in a sentence; null when all conditions hold.</param>
public readonly record struct StepDecision(string? SkipReason)
{
    /// <summary>All conditions hold.</summary>
    public bool Holds => SkipReason is null;
}

/// <summary>Evaluates the conditions of a step (contracts.md, escalation_steps.conditions): all must hold.</summary>
public static class StepConditions
{
    /// <summary>Taken, or skipped with the first reason; an <see cref="Error"/> when a condition cannot be read.</summary>
    public static Result<StepDecision> Evaluate(EscalationStep step, StepFacts facts)
    {
        for (var i = 0; i < step.Conditions.Count; i++)
        {
            var condition = step.Conditions[i];
            if (Check(condition, $"conditions[{i}]") is { } fault)
            {
                return fault;
            }
            if (!Holds(condition, facts))
            {
                return new StepDecision(Reason(condition, facts));
            }
        }
        return default(StepDecision);
    }

    /// <summary>What is wrong with a condition; null when it can be evaluated.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="field">Where it stands, for the error.</param>
    public static Error? Check(StepCondition condition, string field)
    {
        var isList = condition.Value.ValueKind == JsonValueKind.Array;
        if (isList != (condition.Operator == ConditionOperator.In))
        {
            return Error.Invalid(
                $"{field}.value",
                isList
                    ? $"A list goes with the operator in, not with {condition.Operator.ToText()}."
                    : "The operator in needs a list of values."
            );
        }
        var values = Values(condition);
        if (values.Count == 0)
        {
            return Error.Invalid($"{field}.value", "The list of values is empty.");
        }
        if (IsWord(condition.Type))
        {
            return CheckWords(condition, field, values);
        }
        return values.All(v => v.ValueKind == JsonValueKind.Number && v.TryGetDecimal(out _))
            ? null
            : Error.Invalid(
                $"{field}.value",
                $"{condition.Type.ToText()} is compared with a number."
            );
    }

    private static Error? CheckWords(
        StepCondition condition,
        string field,
        IReadOnlyList<JsonElement> values
    )
    {
        if (values.Any(v => v.ValueKind != JsonValueKind.String))
        {
            return Error.Invalid(
                $"{field}.value",
                $"{condition.Type.ToText()} is compared with a word."
            );
        }
        if (condition.Type == StepConditionType.CustomerRiskLevel)
        {
            return values.All(v => EnumText.TryParse<RiskLevel>(v.GetString(), out _))
                ? null
                : Error.Invalid(
                    $"{field}.value",
                    $"A risk level is one of {string.Join(", ", EnumText.All<RiskLevel>())}."
                );
        }
        return condition.Operator is ConditionOperator.GreaterThan or ConditionOperator.LessThan
            ? Error.Invalid($"{field}.operator", "Outcomes have no order: use equals or in.")
            : null;
    }

    // What is not known satisfies no comparison except "is not".
    private static bool Holds(StepCondition condition, StepFacts facts)
    {
        var comparisons = Values(condition).Select(v => Compare(condition.Type, facts, v));
        return condition.Operator switch
        {
            ConditionOperator.Equals or ConditionOperator.In => comparisons.Any(c => c == 0),
            ConditionOperator.NotEquals => comparisons.All(c => c != 0),
            ConditionOperator.GreaterThan => comparisons.All(c => c > 0),
            _ => comparisons.All(c => c < 0),
        };
    }

    private static int? Compare(StepConditionType type, StepFacts facts, JsonElement value) =>
        type switch
        {
            StepConditionType.CustomerRiskLevel => facts.RiskLevel?.CompareTo(
                EnumText.Parse<RiskLevel>(value.GetString()!)
            ),
            StepConditionType.StepOutcome => facts.PreviousOutcome is { } outcome
                ? string.CompareOrdinal(outcome, value.GetString())
                : null,
            StepConditionType.DaysSinceLastContact when facts.DaysSinceLastContact is null => 1,
            _ => Number(type, facts)?.CompareTo(value.GetDecimal()),
        };

    private static decimal? Number(StepConditionType type, StepFacts facts) =>
        type switch
        {
            StepConditionType.PaymentAmount => facts.AmountOutstanding,
            StepConditionType.DaysOverdue => facts.DaysOverdue,
            StepConditionType.ResponseRate => facts.ResponseRate,
            _ => (decimal?)facts.DaysSinceLastContact,
        };

    private static string Reason(StepCondition condition, StepFacts facts)
    {
        var values = string.Join(", ", Values(condition).Select(v => v.ToString()));
        var asked = condition.Operator switch
        {
            ConditionOperator.Equals => values,
            ConditionOperator.NotEquals => $"anything but {values}",
            ConditionOperator.GreaterThan => $"more than {values}",
            ConditionOperator.LessThan => $"less than {values}",
            _ => $"one of {values}",
        };
        return $"Skipped: {Name(condition.Type)} is {Actual(condition.Type, facts)}, and the step asks for {asked}.";
    }

    private static string Actual(StepConditionType type, StepFacts facts) =>
        type switch
        {
            StepConditionType.CustomerRiskLevel => facts.RiskLevel?.ToText() ?? "not assessed",
            StepConditionType.StepOutcome => facts.PreviousOutcome ?? "not there",
            StepConditionType.DaysSinceLastContact when facts.DaysSinceLastContact is null =>
                "endless",
            _ => Number(type, facts) is { } number ? $"{number:0.##}" : "not known",
        };

    private static string Name(StepConditionType type) =>
        type switch
        {
            StepConditionType.PaymentAmount => "the amount outstanding",
            StepConditionType.DaysOverdue => "the number of days overdue",
            StepConditionType.CustomerRiskLevel => "the risk level",
            StepConditionType.ResponseRate => "the response rate",
            StepConditionType.DaysSinceLastContact => "the time since the last contact in days",
            _ => "the outcome of the previous step",
        };

    private static bool IsWord(StepConditionType type) =>
        type is StepConditionType.CustomerRiskLevel or StepConditionType.StepOutcome;

    private static IReadOnlyList<JsonElement> Values(StepCondition condition) =>
        condition.Value.ValueKind == JsonValueKind.Array
            ? [.. condition.Value.EnumerateArray()]
            : [condition.Value];
}
