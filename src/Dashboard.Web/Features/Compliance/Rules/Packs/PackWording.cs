using Dashboard.Data.Compliance.Rules.Packs;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Compliance.Rules.Packs;

/// <summary>What is done to a pack as a set.</summary>
public enum PackStep
{
    /// <summary>Its rules are added.</summary>
    Install,

    /// <summary>Its rules become what ships now.</summary>
    Update,

    /// <summary>Its rules go.</summary>
    Remove,
}

/// <summary>Packs in words.</summary>
public static class PackWording
{
    /// <summary>How a pack's state looks.</summary>
    public static StateLook Look(PackState state) =>
        state switch
        {
            PackState.Installed => StateLook.Done("Installed"),
            PackState.UpdateAvailable => new("progress", "upgrade", "Update available"),
            _ => new("cancelled", "inventory_2", "Not installed"),
        };

    /// <summary>A mark beside a rule; null where the pack's own state says enough.</summary>
    public static string? Mark(PackRuleState rule, PackState pack) =>
        rule switch
        {
            PackRuleState.UpdateAvailable => "update",
            PackRuleState.ChangedByYou => "changed here",
            PackRuleState.RemovedByYou => "deleted here",
            PackRuleState.NameTaken => "name taken",
            PackRuleState.Available when pack != PackState.Available => "new",
            _ => null,
        };

    /// <summary>What that means.</summary>
    public static string Means(PackRuleState state) =>
        state switch
        {
            PackRuleState.UpdateAvailable => "An update brings a newer text.",
            PackRuleState.ChangedByYou => "An officer changed it; the pack leaves it alone.",
            PackRuleState.RemovedByYou => "An officer deleted it; an update leaves it so.",
            PackRuleState.NameTaken => "A rule of our own has this name and says something else.",
            PackRuleState.Available => "It is not among the rules yet.",
            _ => "It is there as the pack says it.",
        };

    /// <summary>What a step does to a rule, for the preview: what becomes of it, and whether it changes.</summary>
    public static (string Text, bool Changes) Effect(PackStep step, RulePackRuleRow rule) =>
        (step, rule.State) switch
        {
            (PackStep.Install or PackStep.Update, PackRuleState.Available) => ("is added", true),
            (PackStep.Install, PackRuleState.RemovedByYou) => ("is added again", true),
            (PackStep.Install or PackStep.Update, PackRuleState.UpdateAvailable) => (
                "gets the newer text",
                true
            ),
            (PackStep.Remove, PackRuleState.Installed or PackRuleState.UpdateAvailable) => (
                "is deleted; its versions stay",
                true
            ),
            (PackStep.Remove, PackRuleState.ChangedByYou) => (
                "was changed here: stays, as a rule of our own",
                true
            ),
            (_, PackRuleState.ChangedByYou) => ("was changed here: stays as it is", false),
            (_, PackRuleState.RemovedByYou) => ("was deleted here: stays so", false),
            (_, PackRuleState.NameTaken) => ("is left out: a rule of our own has its name", false),
            _ => ("stays as it is", false),
        };
}
