using System.Text.Json;
using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Demo;

/// <summary>Contact rules for the demo company, where none of that name exist. Research with sources, not legal advice.</summary>
internal static class DemoRules
{
    /// <summary>The rules.</summary>
    public static List<ComplianceRule> Create(DateTime now) =>
        [
            Rule(
                now,
                "Contact hours",
                "No contact before 08:00 or after 21:00 where the customer is (12 CFR 1006.6(b)(1)).",
                "time_restriction",
                """{"kind": "time_window", "channels": ["any"], "windows": [{"start": "08:00", "end": "21:00"}]}""",
                RuleAction.BlockContact,
                RuleSeverity.Critical
            ),
            Rule(
                now,
                "Calls on working days",
                "House policy: no call on Sundays, and on other days only from 09:00 to 19:00.",
                "time_restriction",
                """{"kind": "time_window", "channels": ["phone"], "windows": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "start": "09:00", "end": "19:00"}]}""",
                RuleAction.BlockContact,
                RuleSeverity.Medium
            ),
            Rule(
                now,
                "Seven calls in seven days",
                "At most 7 calls about one invoice in 7 days (12 CFR 1006.14(b)(2)(i)(A)).",
                "frequency_limit",
                """{"kind": "frequency", "channels": ["phone"], "count_channels": ["phone"], "max": 7, "period": {"type": "calendar_days", "days": 7}, "per": "debt", "count_statuses": ["sent", "delivered", "answered"]}""",
                RuleAction.BlockContact,
                RuleSeverity.Critical
            ),
            Rule(
                now,
                "A week of rest after a conversation",
                "No call about an invoice within 7 days of a conversation about it (12 CFR 1006.14(b)(2)(i)(B)).",
                "frequency_limit",
                """{"kind": "conversation_cooldown", "channels": ["phone"], "days": 7, "per": "debt"}""",
                RuleAction.BlockContact,
                RuleSeverity.Critical
            ),
            Rule(
                now,
                "Two contacts a day",
                "House policy: at most 2 contacts with a customer on one day, whatever the channel.",
                "frequency_limit",
                """{"kind": "frequency", "channels": ["any"], "count_channels": ["any"], "max": 2, "period": {"type": "calendar_days", "days": 1}, "per": "customer", "count_statuses": ["sent", "delivered", "opened", "answered", "replied"]}""",
                RuleAction.BlockContact,
                RuleSeverity.High
            ),
            Rule(
                now,
                "Five minutes between calls",
                "A second call within 5 minutes is noted (12 CFR 1006.14(h)).",
                "frequency_limit",
                """{"kind": "min_interval", "channels": ["phone"], "count_channels": ["phone"], "minutes": 5, "count_statuses": ["sent", "delivered", "answered"]}""",
                RuleAction.LogWarning,
                RuleSeverity.Low
            ),
        ];

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
