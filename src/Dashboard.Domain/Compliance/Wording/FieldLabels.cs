namespace Dashboard.Domain.Compliance.Wording;

/// <summary>What the fields of a rule are called for people.</summary>
internal static class FieldLabels
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["name"] = "Name",
        ["description"] = "Description",
        ["state"] = "State",
        ["severity"] = "Severity",
        ["action"] = "Otherwise",
        ["citation"] = "Legal source",
        ["rule_type"] = "Family",
        ["condition.kind"] = "Kind of rule",
        ["condition.channels"] = "Channels",
        ["condition.windows"] = "Hours",
        ["condition.closed_dates"] = "Closed dates",
        ["condition.fallback_zones"] = "Zones when none is known",
        ["condition.count_channels"] = "Channels that count",
        ["condition.max"] = "Most",
        ["condition.period.type"] = "Period",
        ["condition.period.days"] = "Days of the period",
        ["condition.period.hours"] = "Hours of the period",
        ["condition.per"] = "Counted for each",
        ["condition.count_statuses"] = "Outcomes that count",
        ["condition.consent_exempt"] = "Prior consent exempts",
        ["condition.only_after_conversation"] = "Counts after the first conversation",
        ["condition.days"] = "Days",
        ["condition.minutes"] = "Minutes",
        ["condition.max_age_days"] = "Oldest consent, days",
        ["condition.within_minutes"] = "Within minutes",
    };

    /// <summary>The label, or the key in plain words.</summary>
    internal static string Of(string field) =>
        Labels.GetValueOrDefault(field)
        ?? field["condition.".Length..].Replace('_', ' ').Replace('.', ' ');
}
