using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance;

/// <summary>
/// The rules a new installation starts with, after 12 CFR Part 1006 (Regulation F). Research with sources, not legal advice.
/// </summary>
public static class StandardRules
{
    private static readonly string[] s_counted = ["sent", "delivered", "answered"];

    /// <summary>Fresh rows.</summary>
    public static IReadOnlyList<ComplianceRule> Create() =>
        [
            new()
            {
                Name = "Contact hours 8 to 21",
                Description =
                    "Contact only from 8:00 until 21:00 at the customer, in every zone the customer may be in (12 CFR 1006.6(b)(1)(i)).",
                RuleType = "time_restriction",
                Action = RuleAction.BlockContact,
                Severity = RuleSeverity.Critical,
                Condition = Json(
                    new
                    {
                        Kind = "time_window",
                        Channels = new[] { "any" },
                        Windows = new[] { new { Start = "08:00", End = "21:00" } },
                    }
                ),
            },
            new()
            {
                Name = "At most 7 calls in 7 days",
                Description =
                    "No more than seven calls about one invoice in seven consecutive days (12 CFR 1006.14(b)(2)(i)(A)).",
                RuleType = "frequency_limit",
                Action = RuleAction.BlockContact,
                Severity = RuleSeverity.High,
                Condition = Json(
                    new
                    {
                        Kind = "frequency",
                        Channels = new[] { "phone" },
                        CountChannels = new[] { "phone" },
                        Max = 7,
                        Period = new { Type = "calendar_days", Days = 7 },
                        Per = "debt",
                        CountStatuses = s_counted,
                        ConsentExempt = true,
                    }
                ),
            },
            new()
            {
                Name = "7 days after a conversation",
                Description =
                    "No call about an invoice within seven days after a telephone conversation about it (12 CFR 1006.14(b)(2)(i)(B)).",
                RuleType = "frequency_limit",
                Action = RuleAction.BlockContact,
                Severity = RuleSeverity.High,
                Condition = Json(
                    new
                    {
                        Kind = "conversation_cooldown",
                        Channels = new[] { "phone" },
                        Days = 7,
                        Per = "debt",
                        ConsentExempt = true,
                    }
                ),
            },
        ];

    private static JsonElement Json(object condition) =>
        JsonSerializer.SerializeToElement(condition, JsonShape.Options);
}
