using Dashboard.Data;
using Dashboard.Data.Campaigns;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Features.Customers;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>What a page of a campaign shows beside its events.</summary>
/// <param name="Campaign">The campaign with its customer and invoice.</param>
/// <param name="Zone">IANA zone of the customer.</param>
/// <param name="NextAt">UTC; when the runner looks at it next.</param>
/// <param name="Tasks">Its tasks, oldest first.</param>
/// <param name="Outcome">What came of it until now.</param>
/// <param name="Open">Outstanding of what it chases, by currency, largest first.</param>
/// <param name="OpenInvoices">How many invoices that is.</param>
/// <param name="InvoiceNumber">The invoice it chases; null when it chases all overdue ones of the customer.</param>
public sealed record CampaignDetail(
    Campaign Campaign,
    string? Zone,
    DateTime? NextAt,
    IReadOnlyList<AgentTask> Tasks,
    CampaignOutcome Outcome,
    IReadOnlyList<CampaignMoney> Open,
    int OpenInvoices,
    string? InvoiceNumber
);

/// <summary>What came of a campaign, counted from its contacts and the payments while it ran.</summary>
/// <param name="Contacts">Contact attempts.</param>
/// <param name="Delivered">Those that reached the customer.</param>
/// <param name="Responses">Those that were answered or replied to.</param>
/// <param name="Collected">Paid in full while it ran, by currency, largest first.</param>
public sealed record CampaignOutcome(
    int Contacts,
    int Delivered,
    int Responses,
    IReadOnlyList<CampaignMoney> Collected
);

/// <summary>Reads one campaign.</summary>
public sealed class CampaignDetailQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private static readonly ContactStatus[] s_delivered =
    [
        ContactStatus.Delivered,
        ContactStatus.Opened,
        ContactStatus.Answered,
        ContactStatus.Replied,
    ];

    private static readonly ContactStatus[] s_responses =
    [
        ContactStatus.Answered,
        ContactStatus.Replied,
    ];

    /// <summary>Null when there is no such campaign.</summary>
    public async Task<CampaignDetail?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var campaign = await db
            .Campaigns.AsNoTracking()
            .Include(c => c.Customer!.Profile)
            .Include(c => c.PaymentRecord)
            .SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (campaign is null)
        {
            return null;
        }

        var open = await OpenAsync(db, campaign, cancellationToken);
        return new CampaignDetail(
            campaign,
            campaign.Customer?.Profile?.Timezone,
            await db.Set<CampaignSchedule>()
                .Where(s => s.CampaignId == id)
                .Select(s => (DateTime?)s.DueAt)
                .SingleOrDefaultAsync(cancellationToken),
            await db
                .Tasks.AsNoTracking()
                .Where(t => t.CampaignId == id)
                .OrderBy(t => t.CreatedAt)
                .ThenBy(t => t.Id)
                .ToListAsync(cancellationToken),
            await OutcomeAsync(db, campaign, cancellationToken),
            Sums(open.Select(i => (i.Currency, CustomerDetailQuery.Outstanding(i)))),
            open.Count,
            campaign.PaymentRecord?.InvoiceNumber
        );
    }

    private static async Task<CampaignOutcome> OutcomeAsync(
        DashboardDb db,
        Campaign campaign,
        CancellationToken cancellationToken
    )
    {
        var statuses = await db
            .ContactAttempts.Where(a => a.CampaignId == campaign.Id)
            .GroupBy(a => a.Status)
            .Select(g => new { Status = g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        var (from, until) = (Day(campaign.StartDate), Day(campaign.EndDate ?? DateTime.MaxValue));
        var paid = await Chased(db, campaign)
            .Where(p => p.Status == PaymentStatus.Paid && p.DueDate < p.PaidDate)
            .Where(p => p.PaidDate >= from && p.PaidDate <= until)
            .Select(p => new { p.Currency, p.Amount })
            .ToListAsync(cancellationToken);
        return new CampaignOutcome(
            statuses.Sum(s => s.Count),
            statuses.Where(s => s_delivered.Contains(s.Status)).Sum(s => s.Count),
            statuses.Where(s => s_responses.Contains(s.Status)).Sum(s => s.Count),
            Sums(paid.Select(p => (p.Currency, p.Amount)))
        );
    }

    private Task<List<PaymentRecord>> OpenAsync(
        DashboardDb db,
        Campaign campaign,
        CancellationToken cancellationToken
    )
    {
        var today = Day(time.GetUtcNow().UtcDateTime);
        return Chased(db, campaign)
            .Where(p => p.Status != PaymentStatus.Paid && p.Status != PaymentStatus.Cancelled)
            .Where(p => campaign.PaymentRecordId != null || p.DueDate < today)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Its invoice, or every invoice of the customer.</summary>
    private static IQueryable<PaymentRecord> Chased(DashboardDb db, Campaign campaign) =>
        db
            .PaymentRecords.AsNoTracking()
            .Where(p => p.CustomerId == campaign.CustomerId)
            .Where(p => campaign.PaymentRecordId == null || p.Id == campaign.PaymentRecordId);

    private static List<CampaignMoney> Sums(
        IEnumerable<(string Currency, decimal Amount)> amounts
    ) =>
        [
            .. amounts
                .GroupBy(a => a.Currency)
                .Select(g => new CampaignMoney(g.Key, g.Sum(a => a.Amount)))
                .OrderByDescending(m => m.Amount),
        ];

    private static DateOnly Day(DateTime instant) => DateOnly.FromDateTime(instant);
}
