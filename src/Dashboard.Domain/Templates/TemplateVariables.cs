namespace Dashboard.Domain.Templates;

/// <summary>A variable a template may use.</summary>
/// <param name="Name">As written between braces, e.g. <c>customer.contact_name</c>.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Sample">An example value, for previews.</param>
public sealed record TemplateVariable(string Name, string Description, string Sample);

/// <summary>Every variable there is. A template that uses another one is not sent.</summary>
public static class TemplateVariables
{
    /// <summary>In the order shown to whoever writes templates.</summary>
    public static IReadOnlyList<TemplateVariable> All { get; } =
    [
        new("customer.company_name", "The customer's company", "Acme Ltd"),
        new("customer.contact_name", "The person we write to", "Jane Doe"),
        new("customer.first_name", "First word of the person's name", "Jane"),
        new("invoice.number", "Number of the oldest overdue invoice", "INV-1001"),
        new("invoice.amount", "Its open amount", "1,250.00"),
        new("invoice.currency", "Its currency", "USD"),
        new("invoice.due_date", "Its due date", "March 1, 2026"),
        new("invoice.days_overdue", "Days since its due date", "14"),
        new("invoice.description", "What it is for; may be empty", "Consulting in January"),
        new("invoices", "All overdue invoices; use inside #each, with the fields of invoice", ""),
        new("invoice_count", "How many are overdue", "3"),
        new("total_overdue", "Their sum, with currency", "USD 3,400.00"),
        new("company.name", "Our company", "Example Inc."),
        new("agent.name", "Who writes or calls", "E-mail agent 1"),
        new("today", "The date at the customer", "March 15, 2026"),
        new("unsubscribe_url", "Link to opt out of this channel; may be empty", "https://…"),
    ];

    /// <summary>The names alone.</summary>
    public static IReadOnlySet<string> Names { get; } =
        All.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
}
