using System.Globalization;

namespace Dashboard.Data.Templates;

/// <summary>An overdue invoice as templates see it.</summary>
/// <param name="Open">What is still owed.</param>
public sealed record InvoiceValues(
    string Number,
    decimal Open,
    string Currency,
    DateOnly DueDate,
    string? Description
);

/// <summary>Fills the variables of <see cref="Domain.Templates.TemplateVariables"/>.</summary>
public static class TemplateValues
{
    /// <summary>The values of one message. Without an overdue invoice the <c>invoice</c> variables are empty.</summary>
    public static IReadOnlyDictionary<string, object?> Create(
        string customerCompany,
        string contactName,
        IReadOnlyList<InvoiceValues> invoices,
        string company,
        string agent,
        string? unsubscribeUrl,
        DateOnly today
    )
    {
        var lines = invoices
            .OrderBy(i => i.DueDate)
            .ThenBy(i => i.Number, StringComparer.Ordinal)
            .Select(i => Invoice(i, today))
            .ToList();
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["customer"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["company_name"] = customerCompany,
                ["contact_name"] = contactName,
                ["first_name"] = contactName.Split(' ', 2)[0],
            },
            ["invoice"] = lines.Count > 0 ? lines[0] : Invoice(null, today),
            ["invoices"] = lines,
            ["invoice_count"] = lines.Count,
            ["total_overdue"] = Total(invoices),
            ["company"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["name"] = company,
            },
            ["agent"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["name"] = agent,
            },
            ["today"] = Day(today),
            ["unsubscribe_url"] = unsubscribeUrl ?? string.Empty,
        };
    }

    private static Dictionary<string, object?> Invoice(InvoiceValues? invoice, DateOnly today) =>
        new(StringComparer.Ordinal)
        {
            ["number"] = invoice?.Number ?? string.Empty,
            ["amount"] = invoice is null ? string.Empty : Money(invoice.Open),
            ["currency"] = invoice?.Currency ?? string.Empty,
            ["due_date"] = invoice is null ? string.Empty : Day(invoice.DueDate),
            ["days_overdue"] = invoice is null
                ? string.Empty
                : (today.DayNumber - invoice.DueDate.DayNumber).ToString(
                    CultureInfo.InvariantCulture
                ),
            ["description"] = invoice?.Description ?? string.Empty,
        };

    /// <summary>Sums of different currencies are never added up.</summary>
    private static string Total(IReadOnlyList<InvoiceValues> invoices) =>
        string.Join(
            " and ",
            invoices
                .GroupBy(i => i.Currency, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key} {Money(g.Sum(i => i.Open))}")
        );

    private static string Money(decimal amount) =>
        amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) =>
        day.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);
}
