using System.Text.Json;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Tests.Campaigns;

public sealed class StepConditionsTests
{
    private static readonly StepFacts Facts = new(
        1500m,
        12,
        RiskLevel.High,
        0.25m,
        3.5,
        "completed"
    );

    [Theory]
    [InlineData("payment_amount", "greater_than", "1000", true)]
    [InlineData("payment_amount", "less_than", "1500", false)]
    [InlineData("payment_amount", "equals", "1500.00", true)]
    [InlineData("days_overdue", "greater_than", "12", false)]
    [InlineData("days_overdue", "in", "[1, 12]", true)]
    [InlineData("customer_risk_level", "equals", "\"high\"", true)]
    [InlineData("customer_risk_level", "greater_than", "\"medium\"", true)]
    [InlineData("customer_risk_level", "in", "[\"low\", \"critical\"]", false)]
    [InlineData("response_rate", "less_than", "0.3", true)]
    [InlineData("days_since_last_contact", "greater_than", "3", true)]
    [InlineData("step_outcome", "not_equals", "\"completed\"", false)]
    public void A_condition_compares_its_fact(string type, string op, string value, bool holds) =>
        Assert.Equal(holds, StepConditions.Evaluate(Step(type, op, value), Facts).Value.Holds);

    [Fact]
    public void A_skip_says_what_was_found_and_what_was_asked()
    {
        var decision = StepConditions.Evaluate(Step("days_overdue", "greater_than", "30"), Facts);

        Assert.Equal(
            "Skipped: the number of days overdue is 12, and the step asks for more than 30.",
            decision.Value.SkipReason
        );
    }

    [Theory]
    [InlineData("customer_risk_level", "equals", "\"low\"", false)]
    [InlineData("response_rate", "less_than", "0.9", false)]
    [InlineData("response_rate", "not_equals", "0.9", true)]
    [InlineData("days_since_last_contact", "greater_than", "1000", true)]
    [InlineData("days_since_last_contact", "less_than", "1000", false)]
    [InlineData("step_outcome", "equals", "\"failed\"", false)]
    public void What_is_not_known_satisfies_only_is_not(
        string type,
        string op,
        string value,
        bool holds
    )
    {
        var unknown = new StepFacts(0, 0, null, null, null, null);

        Assert.Equal(holds, StepConditions.Evaluate(Step(type, op, value), unknown).Value.Holds);
    }

    [Theory]
    [InlineData("days_overdue", "equals", "\"twelve\"", "conditions[0].value")]
    [InlineData("days_overdue", "equals", "[1]", "conditions[0].value")]
    [InlineData("days_overdue", "in", "3", "conditions[0].value")]
    [InlineData("days_overdue", "in", "[]", "conditions[0].value")]
    [InlineData("customer_risk_level", "equals", "\"huge\"", "conditions[0].value")]
    [InlineData("step_outcome", "greater_than", "\"failed\"", "conditions[0].operator")]
    public void A_malformed_condition_is_an_error_with_its_field(
        string type,
        string op,
        string value,
        string field
    ) => Assert.Equal(field, StepConditions.Evaluate(Step(type, op, value), Facts).Error?.Field);

    [Fact]
    public void Steps_are_checked_as_a_whole_with_the_field_at_fault()
    {
        var steps = JsonShape.Read<List<EscalationStep>>(
            """
            [{"step_number": 1, "channel": "email", "delay_hours": 0},
             {"step_number": 3, "channel": "research", "template": "x", "delay_hours": -1, "max_attempts": 0},
             {"step_number": 3, "channel": "sms", "template": "short", "fallback_channel": "sms",
              "conditions": [{"type": "days_overdue", "operator": "in", "value": 1}]}]
            """
        );

        Assert.Equal(
            [
                "escalation_steps[0].template",
                "escalation_steps[1].step_number",
                "escalation_steps[1].delay_hours",
                "escalation_steps[1].max_attempts",
                "escalation_steps[1].template",
                "escalation_steps[2].fallback_channel",
                "escalation_steps[2].conditions[0].value",
            ],
            EscalationSteps.Validate(steps).Select(e => e.Field)
        );
        Assert.Equal("escalation_steps", Assert.Single(EscalationSteps.Validate([])).Field);
    }

    private static EscalationStep Step(string type, string op, string value) =>
        new()
        {
            Conditions =
            [
                new StepCondition
                {
                    Type = EnumText.Parse<StepConditionType>(type),
                    Operator = EnumText.Parse<ConditionOperator>(op),
                    Value = JsonDocument.Parse(value).RootElement,
                },
            ],
        };
}
