using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>What came out for one event.</summary>
/// <param name="Event">The contact or refusal.</param>
/// <param name="Change">How it would have been otherwise; null = not at all.</param>
/// <param name="Before">What the rule in force said.</param>
/// <param name="Now">What the draft says.</param>
/// <param name="Debts">Invoices it was about.</param>
/// <param name="Timezone">The customer's zone then.</param>
internal readonly record struct Replayed(
    PastEvent Event,
    BacktestChange? Change,
    Finding? Before,
    Finding? Now,
    IReadOnlyList<string> Debts,
    string? Timezone
)
{
    /// <summary>As the report shows it; only for a change.</summary>
    public BacktestExample ToExample(string campaign, Dictionary<Guid, string> customers) =>
        new(
            Change!.Value,
            Event.CustomerId,
            customers.GetValueOrDefault(Event.CustomerId, string.Empty),
            Event.TaskId,
            Event.Kind == PastEventKind.Attempt ? Event.Id : null,
            Event.Channel,
            campaign.Length == 0 ? null : campaign,
            Event.At,
            Timezone,
            Event.Status,
            Before is { } before ? $"{before.Verdict.ToText()}: {before.Explanation}" : null,
            Now?.Verdict ?? GateVerdict.Allowed,
            Now?.Explanation ?? "The rule has nothing against it.",
            Now?.NextAllowedAt
        );
}
