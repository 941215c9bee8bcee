using Dashboard.Data.Imports;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Imports;

/// <summary>Imports in words.</summary>
internal static class ImportWording
{
    /// <summary>How a run looks; one without a sign of life for a minute died with its process.</summary>
    public static StateLook Look(ImportRun run, DateTime now) =>
        run.Status switch
        {
            ImportRunStatus.Completed when run.DryRun => StateLook.Done("Checked"),
            ImportRunStatus.Completed => StateLook.Done("Imported"),
            ImportRunStatus.Cancelled => StateLook.Cancelled("Stopped"),
            ImportRunStatus.Failed => StateLook.Failed(),
            _ when now - run.HeartbeatAt > TimeSpan.FromMinutes(1) => StateLook.Failed(
                "Interrupted"
            ),
            _ => StateLook.Progress("Running"),
        };

    /// <summary>What a run changed, in a line.</summary>
    public static string Changes(ImportRun run)
    {
        var parts = new[]
        {
            Part(run.CustomersCreated, "new customer"),
            Part(run.CustomersUpdated, "changed customer"),
            Part(run.PaymentsCreated, "new invoice"),
            Part(run.PaymentsUpdated, "changed invoice"),
        }.Where(p => p is not null);
        var text = string.Join(", ", parts);
        return text.Length == 0 ? "nothing changed" : text;
    }

    /// <summary>"12 rows", "1 row".</summary>
    public static string Count(long count, string noun) =>
        $"{count:N0} {noun}{(count == 1 ? string.Empty : "s")}";

    /// <summary>A size for people.</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 1_000 => $"{bytes} bytes",
            < 1_000_000 => $"{bytes / 1_000d:0.#} kB",
            < 1_000_000_000 => $"{bytes / 1_000_000d:0.#} MB",
            _ => $"{bytes / 1_000_000_000d:0.##} GB",
        };

    /// <summary>What an import is doing.</summary>
    public static string Phase(ImportPhase phase) =>
        phase switch
        {
            ImportPhase.Reading => "Reading and checking rows",
            ImportPhase.Checking => "Comparing with what is there",
            ImportPhase.Writing => "Writing customers and invoices",
            _ => "Done",
        };

    private static string? Part(long count, string noun) => count == 0 ? null : Count(count, noun);
}
