using Dashboard.Data;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Templates;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Customers;

/// <summary>Everything the customer's page shows but the timeline.</summary>
/// <param name="Customer">The customer, with the profile.</param>
/// <param name="Owed">Open money by currency, largest overdue amount first.</param>
/// <param name="Open">Open invoices, oldest first, at most <see cref="CustomerDetailQuery.MostInvoices"/>.</param>
/// <param name="OpenCount">Open invoices in all.</param>
/// <param name="PaidCount">Paid invoices.</param>
/// <param name="OptOuts">Wishes not to be contacted, newest first.</param>
/// <param name="Campaigns">Newest first, at most 20.</param>
/// <param name="NextContacts">What the gate says of each channel now.</param>
public sealed record CustomerDetail(
    Customer Customer,
    IReadOnlyList<OwedMoney> Owed,
    IReadOnlyList<PaymentRecord> Open,
    int OpenCount,
    int PaidCount,
    IReadOnlyList<OptOut> OptOuts,
    IReadOnlyList<Campaign> Campaigns,
    IReadOnlyList<NextContact> NextContacts
)
{
    /// <summary>IANA name of the customer's zone.</summary>
    public string? Zone => Customer.Profile?.Timezone;

    /// <summary>Due date of the oldest overdue invoice.</summary>
    public DateOnly? Oldest => Owed.Select(o => o.Oldest).Min();
}

/// <summary>Reads one customer.</summary>
public sealed class CustomerDetailQuery(
    IDbContextFactory<DashboardDb> contexts,
    NextAllowedContactQuery nextAllowed,
    TimeProvider time
)
{
    /// <summary>Open invoices shown; the page says how many more there are.</summary>
    public const int MostInvoices = 100;

    private const int MostCampaigns = 20;

    /// <summary>Null when there is no such customer; a deleted one is found, so that it can be brought back.</summary>
    public async Task<CustomerDetail?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customer = await db
            .Customers.AsNoTracking()
            .Include(c => c.Profile)
            .SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (customer is null)
        {
            return null;
        }

        var open = await db
            .PaymentRecords.AsNoTracking()
            .Where(p => p.CustomerId == id)
            .Where(p => p.Status != PaymentStatus.Paid && p.Status != PaymentStatus.Cancelled)
            .OrderBy(p => p.DueDate)
            .ThenBy(p => p.Id)
            .ToListAsync(cancellationToken);
        return new CustomerDetail(
            customer,
            Sum(open, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
            [.. open.Take(MostInvoices)],
            open.Count,
            await db.PaymentRecords.CountAsync(
                p => p.CustomerId == id && p.Status == PaymentStatus.Paid,
                cancellationToken
            ),
            await db
                .OptOuts.AsNoTracking()
                .Where(o => o.CustomerId == id)
                .OrderByDescending(o => o.OptedOutAt)
                .ToListAsync(cancellationToken),
            await db
                .Campaigns.AsNoTracking()
                .Where(c => c.CustomerId == id)
                .OrderByDescending(c => c.CreatedAt)
                .Take(MostCampaigns)
                .ToListAsync(cancellationToken),
            await nextAllowed.RunAsync(customer, cancellationToken)
        );
    }

    /// <summary>Active templates for a manual contact, by name.</summary>
    public async Task<IReadOnlyList<Template>> TemplatesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Templates.AsNoTracking()
            .Where(t => t.IsActive != false)
            .OrderBy(t => t.Name)
            .ToListAsync(cancellationToken);
    }

    private static List<OwedMoney> Sum(List<PaymentRecord> open, DateOnly today) =>
        [
            .. open.GroupBy(p => p.Currency)
                .Select(g => new OwedMoney(
                    g.Key,
                    g.Where(p => p.DueDate < today).Sum(Outstanding),
                    g.Sum(Outstanding),
                    g.Where(p => p.DueDate < today).Select(p => (DateOnly?)p.DueDate).Min()
                ))
                .OrderByDescending(o => o.Overdue)
                .ThenByDescending(o => o.Outstanding),
        ];

    /// <summary>What is still to be paid of an invoice.</summary>
    public static decimal Outstanding(PaymentRecord invoice) =>
        invoice.Amount - (invoice.Metadata?.AmountPaid ?? 0);
}
