using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;

namespace Dashboard.Domain.Campaigns;

/// <summary>Checks a campaign's steps as a whole (contracts.md, campaigns.escalation_steps).</summary>
public static class EscalationSteps
{
    /// <summary>Steps of one campaign at most.</summary>
    public const int Most = 50;

    private const double LongestDelayHours = 366 * 24;
    private const int MostAttempts = 20;

    /// <summary>Every fault with its field, e.g. <c>escalation_steps[1].template</c>; empty when the steps can be used.</summary>
    public static IReadOnlyList<Error> Validate(IReadOnlyList<EscalationStep> steps)
    {
        if (steps.Count is 0 or > Most)
        {
            return [Error.Invalid("escalation_steps", $"A campaign has from 1 to {Most} steps.")];
        }
        return [.. steps.SelectMany((step, i) => Validate(step, i))];
    }

    /// <summary>The channel of a contact; null for research and escalate.</summary>
    public static Channel? ContactChannel(this EscalationStep step) =>
        step.Channel switch
        {
            StepChannel.Email => Channel.Email,
            StepChannel.Phone => Channel.Phone,
            StepChannel.Sms => Channel.Sms,
            _ => null,
        };

    private static IEnumerable<Error> Validate(EscalationStep step, int index)
    {
        var field = $"escalation_steps[{index}]";
        if (step.StepNumber != index + 1)
        {
            yield return Error.Invalid(
                $"{field}.step_number",
                $"Steps are numbered in order: this one is {index + 1}, not {step.StepNumber}."
            );
        }
        if (step.DelayHours is not (>= 0 and <= LongestDelayHours))
        {
            yield return Error.Invalid(
                $"{field}.delay_hours",
                $"The delay is from 0 to {LongestDelayHours} hours."
            );
        }
        if (step.MaxAttempts is not (>= 1 and <= MostAttempts))
        {
            yield return Error.Invalid(
                $"{field}.max_attempts",
                $"A step has from 1 to {MostAttempts} attempts."
            );
        }
        foreach (var error in ValidateWay(step, field))
        {
            yield return error;
        }
        for (var i = 0; i < step.Conditions.Count; i++)
        {
            if (StepConditions.Check(step.Conditions[i], $"{field}.conditions[{i}]") is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<Error> ValidateWay(EscalationStep step, string field)
    {
        var channel = step.ContactChannel();
        if (channel is not null && string.IsNullOrWhiteSpace(step.Template))
        {
            yield return Error.Invalid(
                $"{field}.template",
                $"A step by {step.Channel.ToText()} needs a template."
            );
        }
        if (channel is null && step.Template is not null)
        {
            yield return Error.Invalid(
                $"{field}.template",
                $"A step of {step.Channel.ToText()} sends nothing, so it has no template."
            );
        }
        if (step.FallbackChannel is { } fallback && (channel is null || fallback == channel))
        {
            yield return Error.Invalid(
                $"{field}.fallback_channel",
                channel is null
                    ? "A step that sends nothing has no channel to fall back on."
                    : "The channel to fall back on is another one than the step's own."
            );
        }
    }
}
