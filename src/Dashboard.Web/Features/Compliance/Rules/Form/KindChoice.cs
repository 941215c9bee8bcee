using Dashboard.Domain.Compliance;

namespace Dashboard.Web.Features.Compliance.Rules.Form;

/// <summary>A kind of rule as the page offers it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Icon">Material symbol.</param>
/// <param name="Beginning">The condition a new rule of this kind starts with; it can be used as it is.</param>
public sealed record KindChoice(RuleKind Kind, string Icon, string Beginning)
{
    private const string Counting =
        """ "channels": ["phone"], "count_channels": ["phone"], "count_statuses": ["sent", "delivered", "answered"] """;

    private static readonly Dictionary<string, (string Icon, string Values)> s_looks = new(
        StringComparer.Ordinal
    )
    {
        ["time_window"] = (
            "schedule",
            """ "channels": ["any"], "windows": [{"start": "08:00", "end": "21:00"}] """
        ),
        ["frequency"] = (
            "speed",
            $$"""{{Counting}}, "max": 7, "period": {"type": "calendar_days", "days": 7}, "per": "debt" """
        ),
        ["conversation_cooldown"] = (
            "forum",
            """ "channels": ["phone"], "days": 7, "per": "debt" """
        ),
        ["min_interval"] = ("timer", $$"""{{Counting}}, "minutes": 30 """),
        ["channel_block"] = ("block", """ "channels": ["sms"] """),
        ["consent_required"] = ("approval", """ "channels": ["sms"] """),
        ["notice_hold"] = ("hourglass_top", """ "channels": ["any"], "days": 6 """),
        ["preferred_window"] = ("event_available", ""),
        ["optout_confirmation"] = ("mark_chat_read", """ "within_minutes": 5 """),
        ["respond_once"] = ("reply", ""),
    };

    /// <summary>Every kind that can be chosen, in the order offered.</summary>
    public static IReadOnlyList<KindChoice> All { get; } = [.. RuleKinds.All.Select(Of)];

    /// <summary>The kind of that word; null when it is not known.</summary>
    public static KindChoice? Find(string? word) => All.FirstOrDefault(k => k.Kind.Kind == word);

    private static KindChoice Of(RuleKind kind)
    {
        var (icon, values) = s_looks.GetValueOrDefault(kind.Kind, ("rule", string.Empty));
        var comma = values.Length > 0 ? "," : string.Empty;
        return new(kind, icon, $$"""{"kind": "{{kind.Kind}}"{{comma}}{{values}}}""");
    }
}
