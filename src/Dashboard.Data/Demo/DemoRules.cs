using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Demo;

/// <summary>The demo company's house rules, beside the standard ones.</summary>
internal static class DemoRules
{
    /// <summary>The rules.</summary>
    public static List<ComplianceRule> Create(DateTime now) =>
        [
            Rule(
                now,
                "Calls on working days",
                "No call on Sundays, and on other days only from 09:00 to 19:00.",
                "time_restriction",
                """{"kind": "time_window", "channels": ["phone"], "windows": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "start": "09:00", "end": "19:00"}]}""",
                RuleAction.BlockContact,
                RuleSeverity.Medium
            ),
            Rule(
                now,
                "Two contacts a day",
                "At most 2 contacts with a customer on one day, whatever the channel.",
                "frequency_limit",
                """{"kind": "frequency", "channels": ["any"], "count_channels": ["any"], "max": 2, "period": {"type": "calendar_days", "days": 1}, "per": "customer", "count_statuses": ["sent", "delivered", "opened", "answered", "replied"]}""",
                RuleAction.BlockContact,
                RuleSeverity.High
            ),
            Rule(
                now,
                "SMS with consent",
                "A text message without a consent from the last 60 days needs an officer's approval.",
                "consent",
                """{"kind": "consent_required", "channels": ["sms"], "max_age_days": 60}""",
                RuleAction.RequireApproval,
                RuleSeverity.Medium
            ),
        ];

    /// <summary>Where they come from.</summary>
    public static List<RuleSetting> Settings(IEnumerable<ComplianceRule> rules) =>
        [.. rules.Select(r => new RuleSetting { RuleId = r.Id, Citation = "House policy" })];

    private static ComplianceRule Rule(
        DateTime now,
        string name,
        string description,
        string type,
        string condition,
        RuleAction action,
        RuleSeverity severity
    ) =>
        new()
        {
            Id = DemoWorld.NewId(now),
            Name = name,
            Description = description,
            RuleType = type,
            Condition = JsonDocument.Parse(condition).RootElement.Clone(),
            Action = action,
            Severity = severity,
            CreatedAt = now.AddDays(-420),
            UpdatedAt = now.AddDays(-420),
        };
}
