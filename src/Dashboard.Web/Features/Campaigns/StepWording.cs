using System.Text.Json;
using Dashboard.Domain.Campaigns;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Steps in words.</summary>
public static class StepWording
{
    /// <summary>"more than 30 days overdue".</summary>
    public static string Condition(StepCondition condition)
    {
        var what = condition.Type switch
        {
            StepConditionType.PaymentAmount => "open amount",
            StepConditionType.DaysOverdue => "days overdue",
            StepConditionType.CustomerRiskLevel => "risk",
            StepConditionType.ResponseRate => "response rate",
            StepConditionType.DaysSinceLastContact => "days since the last contact",
            _ => "the step before",
        };
        var how = condition.Operator switch
        {
            ConditionOperator.Equals => "is",
            ConditionOperator.NotEquals => "is not",
            ConditionOperator.GreaterThan => "above",
            ConditionOperator.LessThan => "below",
            _ => "is one of",
        };
        return $"{what} {how} {Value(condition.Value)}";
    }

    /// <summary>"at once", "after 2 days", "after 36 h".</summary>
    public static string Delay(double hours) =>
        TimeSpan.FromHours(hours) switch
        {
            var delay when delay <= TimeSpan.Zero => "at once",
            { Days: 1, Hours: 0, Minutes: 0 } => "after 1 day",
            { Days: > 1, Hours: 0, Minutes: 0 } delay => $"after {delay.Days} days",
            _ => $"after {hours:0.#} h",
        };

    private static string Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(" or ", value.EnumerateArray().Select(Value)),
            JsonValueKind.String => value.GetString()!.Replace('_', ' '),
            _ => value.ToString(),
        };
}
