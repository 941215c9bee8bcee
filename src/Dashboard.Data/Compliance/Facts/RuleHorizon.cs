using System.Text.Json;
using Dashboard.Domain.Compliance;

namespace Dashboard.Data.Compliance.Facts;

/// <summary>How much history the rules need. Reading all of it would make the busiest customers the slowest.</summary>
public static class RuleHorizon
{
    /// <summary>Prior consents and conversations reach back a week whatever the rules say (12 CFR 1006.14(b)).</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromDays(9);

    private static readonly TimeSpan s_everything = TimeSpan.FromDays(36_500);

    /// <summary>The longest period any enabled rule names, and two days for zones; everything when a rule cannot be bounded.</summary>
    public static TimeSpan Of(IEnumerable<ComplianceRule> rules)
    {
        var longest = s_least;
        foreach (var rule in rules.Where(r => r.IsEnabled != false))
        {
            var needed = Of(rule.Condition) + TimeSpan.FromDays(2);
            longest = needed > longest ? needed : longest;
        }

        return longest;
    }

    private static TimeSpan Of(JsonElement condition)
    {
        if (condition.ValueKind != JsonValueKind.Object)
        {
            return s_everything;
        }

        var longest = TimeSpan.Zero;
        foreach (var property in condition.EnumerateObject())
        {
            var span = property.Name switch
            {
                "days" or "max_age_days" => Span(property.Value, TimeSpan.FromDays),
                "hours" => Span(property.Value, TimeSpan.FromHours),
                "minutes" => Span(property.Value, TimeSpan.FromMinutes),
                "period" => Of(property.Value),
                "type" => Named(property.Value),
                "only_after_conversation" => s_everything,
                _ => TimeSpan.Zero,
            };
            longest = span > longest ? span : longest;
        }

        return longest;
    }

    private static TimeSpan Named(JsonElement type) =>
        type.ValueKind == JsonValueKind.String
        && type.GetString() is "calendar_month" or "calendar_week"
            ? TimeSpan.FromDays(31)
            : TimeSpan.Zero;

    private static TimeSpan Span(JsonElement value, Func<double, TimeSpan> unit) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
        && number is >= 0 and < 30_000
            ? unit(number)
            : TimeSpan.Zero;
}
