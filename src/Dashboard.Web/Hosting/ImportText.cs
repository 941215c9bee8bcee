using Dashboard.Data.Imports;

namespace Dashboard.Web.Hosting;

/// <summary>What the import verb says.</summary>
internal static class ImportText
{
    /// <summary>The report in lines.</summary>
    public static string Summary(ImportReport report) =>
        $"""
            {(
                report.DryRun ? "Dry run: nothing was changed." : "Imported."
            )} {report.RowsRead:N0} rows read, {report.RowsAccepted:N0} accepted, {report.RowsRejected:N0} rejected in {report.Elapsed.TotalSeconds:N1} s.
            Customers: {report.CustomersCreated:N0} created, {report.CustomersUpdated:N0} updated.
            Invoices:  {report.PaymentsCreated:N0} created, {report.PaymentsUpdated:N0} updated.
            Changed:   {report.RowsChanged:N0} rows. Dates moved by {report.ShiftDays:N0} days.
            """;
}
