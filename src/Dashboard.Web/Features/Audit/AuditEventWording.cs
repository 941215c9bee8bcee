using Dashboard.Data.Audit;
using Dashboard.Domain.Audit;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Audit;

/// <summary>Events and seals in words.</summary>
internal static class AuditEventWording
{
    /// <summary>Kinds of things, in the order they are offered.</summary>
    public static IReadOnlyList<string> EntityTypes { get; } =
    [
        "customer",
        "customer_profile",
        "payment_record",
        "campaign",
        "task",
        "contact_attempt",
        "opt_out",
        "compliance_rule",
        "approval_request",
        "template",
        "agent",
        "operator",
        "import_run",
        "audit_log",
    ];

    /// <summary>Actions that are offered; the address takes any.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        "created",
        "updated",
        "deleted",
        "status_changed",
        "deferred",
        "refused",
        "approved",
        "rejected",
        "imported",
        "exported",
        "verified",
        "signed_in",
    ];

    /// <summary>"Payment record", "Opt out".</summary>
    public static string Noun(string word) =>
        word switch
        {
            "payment_record" => "Invoice",
            "customer_profile" => "Profile",
            "opt_out" => "Opt-out",
            "compliance_rule" => "Rule",
            "audit_log" => "Audit log",
            _ => Capital(word),
        };

    /// <summary>"Status changed".</summary>
    public static string Capital(string word) =>
        word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..].Replace('_', ' ');

    /// <summary>An actor without a name of its own: "Dispatcher", "System".</summary>
    public static string Actor(AuditEvent entry) =>
        entry.ActorId is { Length: > 0 } id
            ? Guid.TryParse(id, out _)
                ? $"{(entry.ActorType == ActorType.Agent ? "Agent" : "Operator")} {id[..8]}"
                : Capital(id)
            : Capital(entry.ActorType?.ToString().ToLowerInvariant() ?? "unknown");

    /// <summary>The symbol of a kind of actor.</summary>
    public static string Icon(ActorType? type) =>
        type switch
        {
            ActorType.User => "person",
            ActorType.Agent => "support_agent",
            _ => "settings",
        };

    /// <summary>A row's seal as a chip.</summary>
    public static StateLook Look(RowSeal seal) =>
        seal.State switch
        {
            RowSealState.Sealed => new StateLook("done", "verified_user", $"#{seal.Seal:N0}"),
            RowSealState.Mismatch => StateLook.Blocked("Does not match"),
            RowSealState.Unsealed => StateLook.Failed("Not sealed"),
            _ => StateLook.Waiting("Next seal"),
        };

    /// <summary>The same as a sentence.</summary>
    public static string Sentence(RowSeal seal) =>
        seal.State switch
        {
            RowSealState.Sealed => $"Sealed in seal {seal.Seal:N0}; the row is what was sealed.",
            RowSealState.Mismatch =>
                $"The row is not what seal {seal.Seal:N0} sealed. It was changed.",
            RowSealState.Unsealed =>
                "Older than the newest seal and in none. Verify tells whether it was inserted past the product.",
            _ => "Waits for the next seal, a few seconds from now.",
        };

    /// <summary>"The last 7 days".</summary>
    public static string Period(AuditPeriod period) =>
        period switch
        {
            AuditPeriod.Hour => "Last hour",
            AuditPeriod.Day => "Last 24 hours",
            AuditPeriod.Week => "Last 7 days",
            AuditPeriod.Month => "Last 30 days",
            AuditPeriod.Year => "Last 365 days",
            _ => "Everything",
        };
}
