using Dashboard.Data;
using Dashboard.Data.Campaigns;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Campaigns;

/// <summary>Everything a campaign's page shows.</summary>
/// <param name="Campaign">The campaign with its customer and invoice.</param>
/// <param name="Zone">IANA zone of the customer.</param>
/// <param name="NextAt">UTC; when the runner looks at it next.</param>
/// <param name="Tasks">Its tasks, oldest first.</param>
/// <param name="Attempts">Its contacts, newest first.</param>
/// <param name="Changes">Its audit rows, newest first, at most 100.</param>
/// <param name="Actors">Names of the operators in <paramref name="Changes"/>.</param>
/// <param name="Invoices">What it chases: its invoice, or all overdue ones of the customer.</param>
public sealed record CampaignDetail(
    Campaign Campaign,
    string? Zone,
    DateTime? NextAt,
    IReadOnlyList<AgentTask> Tasks,
    IReadOnlyList<ContactAttempt> Attempts,
    IReadOnlyList<AuditLog> Changes,
    IReadOnlyDictionary<string, string> Actors,
    IReadOnlyList<PaymentRecord> Invoices
);

/// <summary>Reads one campaign.</summary>
public sealed class CampaignDetailQuery(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private const int MostChanges = 100;

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

        var changes = await db
            .AuditLogs.AsNoTracking()
            .Where(a => a.EntityType == "campaign" && a.EntityId == id)
            .OrderByDescending(a => a.Timestamp)
            .ThenByDescending(a => a.Id)
            .Take(MostChanges)
            .ToListAsync(cancellationToken);
        return new CampaignDetail(
            campaign,
            campaign.Customer?.Profile?.Timezone,
            await db.Set<CampaignSchedule>()
                .Where(s => s.CampaignId == id)
                .Select(s => (DateTime?)s.DueAt)
                .SingleOrDefaultAsync(cancellationToken),
            await db
                .Tasks.AsNoTracking()
                .Include(t => t.AssignedAgent)
                .Where(t => t.CampaignId == id)
                .OrderBy(t => t.CreatedAt)
                .ThenBy(t => t.Id)
                .ToListAsync(cancellationToken),
            await db
                .ContactAttempts.AsNoTracking()
                .Include(a => a.Agent)
                .Where(a => a.CampaignId == id)
                .OrderByDescending(a => a.Timestamp)
                .ToListAsync(cancellationToken),
            changes,
            await NamesAsync(db, changes, cancellationToken),
            await InvoicesAsync(db, campaign, cancellationToken)
        );
    }

    private async Task<List<PaymentRecord>> InvoicesAsync(
        DashboardDb db,
        Campaign campaign,
        CancellationToken cancellationToken
    )
    {
        if (campaign.PaymentRecord is { } own)
        {
            return [own];
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return await db
            .PaymentRecords.AsNoTracking()
            .Where(p => p.CustomerId == campaign.CustomerId && p.DueDate < today)
            .Where(p => p.Status != PaymentStatus.Paid && p.Status != PaymentStatus.Cancelled)
            .OrderBy(p => p.DueDate)
            .ToListAsync(cancellationToken);
    }

    private static async Task<Dictionary<string, string>> NamesAsync(
        DashboardDb db,
        List<AuditLog> rows,
        CancellationToken cancellationToken
    )
    {
        var ids = rows.Where(r => r.ActorType == ActorType.User)
            .Select(r => Guid.TryParse(r.ActorId, out var id) ? id : Guid.Empty)
            .Distinct()
            .ToList();
        var users = await db
            .Users.Where(u => ids.Contains(u.Id))
            .Select(u => new { u.Id, u.DisplayName })
            .ToListAsync(cancellationToken);
        return users.ToDictionary(u => u.Id.ToString(), u => u.DisplayName);
    }
}
