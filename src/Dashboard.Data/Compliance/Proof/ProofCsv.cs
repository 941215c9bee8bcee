using System.Globalization;
using CsvHelper;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>A proof's report as CSV.</summary>
public static class ProofCsv
{
    private static readonly string[] Header =
    [
        "kind",
        "contact_id",
        "task_id",
        "customer_id",
        "customer",
        "channel",
        "at_utc",
        "time_zone",
        "local_time",
        "rule_id",
        "rule",
        "effect",
        "sentence",
        "found",
    ];

    /// <summary>One line for each rule of each contact, and for each planted one.</summary>
    public static async Task WriteAsync(
        ProofReport report,
        Stream output,
        CancellationToken cancellationToken = default
    )
    {
        // Names come from customers' data; a spreadsheet must not take one for a formula.
        await using var csv = CsvWriter.Create(
            output,
            new CsvWriterOptions { Injection = CsvInjection.Escape },
            leaveOpen: true
        );
        await LineAsync(csv, Header);
        await ItemsAsync(csv, "violation", report.Violations);
        await ItemsAsync(csv, "evidence", report.DefectItems);
        await ItemsAsync(csv, "known_later", report.KnownLaterItems);
        await ItemsAsync(csv, "before_rules_were_kept", report.HistoryItems);
        foreach (var plant in report.Planted)
        {
            await LineAsync(
                csv,
                [
                    "planted",
                    .. Contact(plant.Contact),
                    $"{plant.RuleId}",
                    plant.Rule,
                    null,
                    plant.What,
                    plant.Found ? "yes" : "no",
                ]
            );
        }

        foreach (var rule in report.Unplanted)
        {
            await LineAsync(
                csv,
                [
                    "not_planted",
                    .. new string?[8],
                    $"{rule.RuleId}",
                    rule.Rule,
                    null,
                    rule.Why,
                    null,
                ]
            );
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static async Task ItemsAsync(CsvWriter csv, string kind, IReadOnlyList<ProofItem> items)
    {
        foreach (var item in items)
        {
            if (kind == "evidence")
            {
                await LineAsync(
                    csv,
                    [kind, .. Contact(item), null, "clearance", null, item.Defect, null]
                );
                continue;
            }

            foreach (var breach in item.Breaches)
            {
                await LineAsync(
                    csv,
                    [
                        kind,
                        .. Contact(item),
                        $"{breach.RuleId}",
                        breach.Rule,
                        breach.Effect.ToText(),
                        breach.Sentence,
                        null,
                    ]
                );
            }
        }
    }

    private static string?[] Contact(ProofItem item) =>
        [
            $"{item.AttemptId}",
            $"{item.TaskId}",
            $"{item.CustomerId}",
            item.Customer,
            item.Channel.ToText(),
            item.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            item.Timezone,
            item.Timezone is null
                ? null
                : Place
                    .Named(item.Timezone)
                    ?.ClockAt(item.At)
                    .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ];

    private static async Task LineAsync(CsvWriter csv, IEnumerable<string?> cells) =>
        await csv.WriteRecordAsync([.. cells.Select(c => c ?? string.Empty)]);
}
