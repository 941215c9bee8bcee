using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Domain.Campaigns;

/// <summary>The escalation a campaign starts with when nobody wrote another one: about two weeks from a friendly word to a final notice.</summary>
public static class StandardSteps
{
    /// <summary>Fresh steps, in order; their templates are the standard ones.</summary>
    public static List<EscalationStep> Create() =>
        [
            Step(1, StepChannel.Email, "friendly_reminder", 0, 2, TaskPriority.Medium, null),
            Step(2, StepChannel.Email, "second_reminder", 72, 2, TaskPriority.Medium, Channel.Sms),
            Step(3, StepChannel.Sms, "sms_reminder", 48, 2, TaskPriority.Medium, Channel.Email),
            Step(4, StepChannel.Phone, "call_script", 48, 3, TaskPriority.High, Channel.Email),
            Step(5, StepChannel.Email, "final_notice", 120, 2, TaskPriority.Urgent, null),
        ];

    private static EscalationStep Step(
        int number,
        StepChannel channel,
        string template,
        double delayHours,
        int attempts,
        TaskPriority priority,
        Channel? fallback
    ) =>
        new()
        {
            StepNumber = number,
            Channel = channel,
            Template = template,
            DelayHours = delayHours,
            MaxAttempts = attempts,
            Priority = priority,
            OnReply = ReplyBehaviour.FollowUp,
            FallbackChannel = fallback,
            Conditions =
            [
                new StepCondition
                {
                    Type = StepConditionType.DaysOverdue,
                    Operator = ConditionOperator.GreaterThan,
                    Value = JsonSerializer.SerializeToElement(0),
                },
            ],
        };
}
