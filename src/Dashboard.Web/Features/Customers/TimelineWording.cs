using System.Globalization;
using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;
using Dashboard.Web.Components.Audit;
using Dashboard.Web.Features.Compliance.Why;
using Dashboard.Web.Features.Tasks;

namespace Dashboard.Web.Features.Customers;

/// <summary>Lines of the timeline in words.</summary>
public static class TimelineWording
{
    /// <summary>What happened: "E-mail delivered", "Call not made", "Paid INV-1".</summary>
    public static string Title(TimelineEvent line) =>
        line.Kind switch
        {
            TimelineKind.Contact => $"{Channel(line)} {line.State}",
            TimelineKind.Task => $"{TypeName(line)} {TaskState(line)}",
            TimelineKind.GateRefusal => $"{Channel(line)} not allowed{Times(line)}",
            TimelineKind.Payment => line.State == "paid"
                ? $"Paid {line.What}"
                : $"Payment on {line.What}",
            TimelineKind.Note => "Note",
            TimelineKind.Refusal => $"{AuditNoun(line)}: not allowed",
            _ => $"{AuditNoun(line)}: {Lower(AuditWording.What(line.State, line.Document))}",
        };

    /// <summary>The rest of the line: who, how long, in whose words.</summary>
    public static string? Detail(TimelineEvent line) =>
        line.Kind switch
        {
            TimelineKind.Contact => Join(
                line.Actor is null ? null : $"by {line.Actor}",
                line.Duration is > 0 and var s ? $"{s / 60}:{s % 60:00} min" : null,
                line.Text is null ? null : $"“{line.Text}”"
            ),
            TimelineKind.Note => Join(
                LastNote(line.Document),
                line.Actor is null ? null : $"– {line.Actor}"
            ),
            TimelineKind.Payment or TimelineKind.Task or TimelineKind.GateRefusal => line.Text,
            _ => Join(line.Actor is null ? null : $"by {line.Actor}", line.Text),
        };

    /// <summary>Material symbol of the line.</summary>
    public static string Icon(TimelineEvent line) =>
        line.Kind switch
        {
            TimelineKind.Contact => line.What switch
            {
                "email" => "mail",
                "phone" => "call",
                _ => "sms",
            },
            TimelineKind.Payment => "payments",
            TimelineKind.Note => "edit_note",
            TimelineKind.Refusal or TimelineKind.GateRefusal => "shield",
            TimelineKind.Task => TaskLook(line).Icon,
            _ => "history",
        };

    /// <summary>Colour of the symbol.</summary>
    public static string Tone(TimelineEvent line) =>
        line.Kind switch
        {
            TimelineKind.Contact
                when EnumText.TryParse<ContactStatus>(line.State, out var status) => StateLook
                .Of(status)
                .Tone,
            TimelineKind.Payment => "done",
            TimelineKind.Refusal => "blocked",
            TimelineKind.GateRefusal => line.State is "requires_approval" or "escalate"
                ? "approval"
                : "blocked",
            TimelineKind.Task => TaskLook(line).Tone,
            _ => "waiting",
        };

    /// <summary>What the evidence of a line is read by; null when the line has none.</summary>
    public static WhySubject? Evidence(TimelineEvent line) =>
        line.Kind switch
        {
            TimelineKind.Contact => WhySubject.Attempt,
            TimelineKind.Task => WhySubject.Task,
            TimelineKind.GateRefusal => WhySubject.Refusal,
            _ => null,
        };

    /// <summary>", 12 times since 3 Jun": only when there were more than one.</summary>
    private static string Times(TimelineEvent line) =>
        JsonText.Number(line.Document, "count") is > 1 and var count
        && JsonText.Instant(JsonText.Of(line.Document, "since")) is { } since
            ? string.Create(CultureInfo.InvariantCulture, $", {count:N0} times since {since:d MMM}")
            : "";

    private static StateLook TaskLook(TimelineEvent line) =>
        EnumText.TryParse<AgentTaskStatus>(line.State, out var status)
            ? StateLook.Of(status)
            : StateLook.Waiting();

    private static string TaskState(TimelineEvent line) =>
        line.State switch
        {
            "pending" => "waits",
            "assigned" => "assigned",
            "in_progress" => "in progress",
            _ => line.State,
        };

    private static string TypeName(TimelineEvent line) =>
        EnumText.TryParse<TaskType>(line.What, out var type)
            ? TaskWording.TypeName(type)
            : line.What;

    private static string Channel(TimelineEvent line) =>
        EnumText.TryParse<Channel>(line.What, out var channel)
            ? CustomerWording.Channel(channel)
            : line.What;

    private static string AuditNoun(TimelineEvent line) =>
        line.What switch
        {
            "customer_profile" => "Profile",
            "opt_out" => "Opt-out",
            var noun => char.ToUpperInvariant(noun[0]) + noun[1..].Replace('_', ' '),
        };

    private static string? LastNote(JsonElement? changes) =>
        changes is { ValueKind: JsonValueKind.Object } columns
        && columns.TryGetProperty("notes", out var notes)
        && notes.TryGetProperty("after", out var after)
        && after.ValueKind == JsonValueKind.Array
        && after.GetArrayLength() > 0
            ? after[after.GetArrayLength() - 1].GetString()
            : null;

    private static string Lower(string text) =>
        text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private static string? Join(params string?[] parts)
    {
        var said = parts.Where(p => !string.IsNullOrWhiteSpace(p)).ToList();
        return said.Count == 0 ? null : string.Join(", ", said);
    }
}
