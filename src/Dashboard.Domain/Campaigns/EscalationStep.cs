using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;

namespace Dashboard.Domain.Campaigns;

/// <summary>The way a step goes: a contact channel, or work without contact (contracts.md, escalation_steps.channel).</summary>
public enum StepChannel
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>A call.</summary>
    Phone,

    /// <summary>A text message.</summary>
    Sms,

    /// <summary>Research of the customer; no contact.</summary>
    Research,

    /// <summary>A human task; no contact.</summary>
    Escalate,
}

/// <summary>What a reply does to the campaign (contracts.md, on_reply).</summary>
public enum ReplyBehaviour
{
    /// <summary>Hold the campaign until an operator resumes it.</summary>
    Pause,

    /// <summary>Make a follow-up task and hold.</summary>
    FollowUp,

    /// <summary>Go on.</summary>
    Continue,
}

/// <summary>One step of a campaign (contracts.md, campaigns.escalation_steps).</summary>
public sealed class EscalationStep : JsonDocumentShape
{
    /// <summary>1-based.</summary>
    public int StepNumber { get; set; }

    /// <summary>The way it goes.</summary>
    public StepChannel Channel { get; set; }

    /// <summary>A template's name; null for research and escalate.</summary>
    public string? Template { get; set; }

    /// <summary>Hours since the previous step completed (since <c>start_date</c> for the first).</summary>
    public double DelayHours { get; set; }

    /// <summary>1 or more.</summary>
    public int MaxAttempts { get; set; } = 1;

    /// <summary>Priority of the step's task.</summary>
    public TaskPriority Priority { get; set; } = TaskPriority.Medium;

    /// <summary>All must hold, else the step is skipped.</summary>
    public List<StepCondition> Conditions { get; set; } = [];

    /// <summary>What a reply does.</summary>
    public ReplyBehaviour OnReply { get; set; }

    /// <summary>Channel to try when this one is blocked for good.</summary>
    public Channel? FallbackChannel { get; set; }
}

/// <summary>contracts.md, escalation_steps.conditions.type.</summary>
public enum StepConditionType
{
    /// <summary>Amount outstanding.</summary>
    PaymentAmount,

    /// <summary>Days past due.</summary>
    DaysOverdue,

    /// <summary>Risk level, in words.</summary>
    CustomerRiskLevel,

    /// <summary>0 to 1.</summary>
    ResponseRate,

    /// <summary>Days since the last contact.</summary>
    DaysSinceLastContact,

    /// <summary>Outcome of the previous step.</summary>
    StepOutcome,
}

/// <summary>contracts.md, escalation_steps.conditions.operator.</summary>
public enum ConditionOperator
{
    /// <summary>Same value.</summary>
    Equals,

    /// <summary>Another value.</summary>
    NotEquals,

    /// <summary>Strictly more.</summary>
    GreaterThan,

    /// <summary>Strictly less.</summary>
    LessThan,

    /// <summary>One of a list.</summary>
    In,
}

/// <summary>One condition of a step.</summary>
public sealed class StepCondition : JsonDocumentShape
{
    /// <summary>What is compared.</summary>
    public StepConditionType Type { get; set; }

    /// <summary>How.</summary>
    public ConditionOperator Operator { get; set; }

    /// <summary>A number, a word or an array of them.</summary>
    public JsonElement Value { get; set; }
}
