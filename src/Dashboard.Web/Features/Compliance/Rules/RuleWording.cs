using Dashboard.Domain.Compliance;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Rules;

/// <summary>Rules in words.</summary>
public static class RuleWording
{
    /// <summary>What a rule does, as a choice.</summary>
    public static string Action(RuleAction action) =>
        action switch
        {
            RuleAction.BlockContact => "Block",
            RuleAction.RequireApproval => "Ask for approval",
            RuleAction.LogWarning => "Warn only",
            _ => "Give to a person",
        };

    /// <summary>What that means.</summary>
    public static string ActionMeans(RuleAction action) =>
        action switch
        {
            RuleAction.BlockContact =>
                "The contact waits until the rule allows it, or does not happen.",
            RuleAction.RequireApproval =>
                "The contact waits until a compliance officer approves it.",
            RuleAction.LogWarning => "The contact goes ahead; the warning stands on the attempt.",
            _ => "Nothing is sent; a person gets the case as a task.",
        };

    /// <summary>How an action looks.</summary>
    public static StateLook Look(RuleAction action) =>
        action switch
        {
            RuleAction.BlockContact => StateLook.Blocked("Blocks"),
            RuleAction.RequireApproval => StateLook.Approval("Asks"),
            RuleAction.LogWarning => new("deferred", "warning", "Warns"),
            _ => new("approval", "person_raised_hand", "Escalates"),
        };

    /// <summary>How a state looks.</summary>
    public static StateLook Look(RuleState state) =>
        state switch
        {
            RuleState.On => StateLook.Done("On"),
            RuleState.Shadow => new("progress", "visibility", "Shadow"),
            _ => new("cancelled", "power_settings_new", "Off"),
        };

    /// <summary>What a state means, in one line.</summary>
    public static string StateMeans(RuleState state) =>
        state switch
        {
            RuleState.On => "It acts on every contact.",
            RuleState.Shadow =>
                "Evaluated and logged, does not act: see what it would do before it does it.",
            _ => "It is ignored.",
        };

    /// <summary>Severities from low to critical.</summary>
    public static string Severity(RuleSeverity? severity) =>
        severity is { } value ? StateLook.Words(value) : "None";
}
