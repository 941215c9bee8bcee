using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Components;

/// <summary>How a state looks (look.md, "Colour"): always colour, icon and word together.</summary>
/// <param name="Tone">CSS class <c>tone-…</c>, which sets the colours.</param>
/// <param name="Icon">Material symbol.</param>
/// <param name="Word">The word.</param>
public sealed record StateLook(string Tone, string Icon, string Word)
{
    /// <summary>Waiting: grey, clock.</summary>
    public static StateLook Waiting(string word = "Waiting") => new("waiting", "schedule", word);

    /// <summary>In progress: blue, play.</summary>
    public static StateLook Progress(string word = "In progress") =>
        new("progress", "play_arrow", word);

    /// <summary>Done: green, check.</summary>
    public static StateLook Done(string word = "Done") => new("done", "check", word);

    /// <summary>Deferred: amber, hourglass.</summary>
    public static StateLook Deferred(string word = "Deferred") =>
        new("deferred", "hourglass_top", word);

    /// <summary>Blocked: red, shield.</summary>
    public static StateLook Blocked(string word = "Blocked") => new("blocked", "shield", word);

    /// <summary>Needs approval: violet, hand.</summary>
    public static StateLook Approval(string word = "Needs approval") =>
        new("approval", "back_hand", word);

    /// <summary>Failed: red, alert.</summary>
    public static StateLook Failed(string word = "Failed") => new("failed", "error", word);

    /// <summary>Cancelled: grey, slash.</summary>
    public static StateLook Cancelled(string word = "Cancelled") => new("cancelled", "block", word);

    /// <summary>A task by its status alone.</summary>
    public static StateLook Of(AgentTaskStatus status) =>
        status switch
        {
            AgentTaskStatus.Pending => Waiting(),
            AgentTaskStatus.Assigned => Waiting("Assigned"),
            AgentTaskStatus.InProgress => Progress(),
            AgentTaskStatus.Completed => Done(),
            AgentTaskStatus.Failed => Failed(),
            _ => Cancelled(),
        };

    /// <summary>
    /// A task with the gate's last decision (<c>tasks.context.gate.decision</c>), which says what a waiting task waits for.
    /// </summary>
    public static StateLook Of(AgentTaskStatus status, string? decision) =>
        status switch
        {
            AgentTaskStatus.Pending => decision switch
            {
                "requires_approval" => Approval(),
                "blocked" => Deferred(),
                "escalate" => Approval("Escalated"),
                "no_agent" => Waiting("No agent free"),
                _ => Waiting(),
            },
            AgentTaskStatus.Cancelled when decision == "blocked" => Blocked(),
            _ => Of(status),
        };

    /// <summary>A campaign.</summary>
    public static StateLook Of(CampaignStatus status) =>
        status switch
        {
            CampaignStatus.Draft => Waiting("Draft"),
            CampaignStatus.Active => Progress("Active"),
            CampaignStatus.Paused => new("deferred", "pause", "Paused"),
            CampaignStatus.Completed => Done("Completed"),
            _ => Cancelled(),
        };

    /// <summary>An agent; the operator's wish shows before a working state.</summary>
    public static StateLook Of(AgentStatus status, AgentWish wish = AgentWish.Run) =>
        (status, wish) switch
        {
            (AgentStatus.Error, _) => Failed("Error"),
            (AgentStatus.Offline, _) => new("cancelled", "power_settings_new", "Offline"),
            (_, AgentWish.Pause) => new("deferred", "pause", "Paused"),
            (_, AgentWish.Drain) => new("deferred", "hourglass_bottom", "Draining"),
            (AgentStatus.Idle, _) => Waiting("Idle"),
            (AgentStatus.Busy, _) => new("progress", "fast_forward", "At capacity"),
            _ => Progress("Working"),
        };

    /// <summary>An invoice.</summary>
    public static StateLook Of(PaymentStatus status) =>
        status switch
        {
            PaymentStatus.Pending => Waiting("Not due"),
            PaymentStatus.Overdue => new("failed", "event_busy", "Overdue"),
            PaymentStatus.Paid => Done("Paid"),
            PaymentStatus.Partial => new("deferred", "donut_small", "Part paid"),
            _ => Cancelled(),
        };

    /// <summary>A contact attempt.</summary>
    public static StateLook Of(ContactStatus status) =>
        status switch
        {
            ContactStatus.Sent => new("waiting", "send", "Sent"),
            ContactStatus.Delivered => Done("Delivered"),
            ContactStatus.Opened => new("done", "drafts", "Opened"),
            ContactStatus.Answered => new("done", "call", "Answered"),
            ContactStatus.Replied => new("done", "reply", "Replied"),
            ContactStatus.Bounced => new("failed", "undo", "Bounced"),
            _ => Failed(),
        };

    /// <summary>A word of ours for people: <c>in_progress</c> → "In progress".</summary>
    public static string Words<T>(T value)
        where T : struct, Enum
    {
        var text = value.ToText().Replace('_', ' ');
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
