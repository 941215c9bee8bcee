using Dashboard.Data;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Customers;

/// <summary>When a customer may next be contacted on one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Decision">What the gate says of a contact now.</param>
/// <param name="Reachable">False when there is no address or number for the channel.</param>
public sealed record NextContact(Channel Channel, GateDecision Decision, bool Reachable)
{
    /// <summary>UTC; null when it is now, or never as things are.</summary>
    public DateTime? At => Decision.Verdict == GateVerdict.Blocked ? Decision.NextAllowedAt : null;
}

/// <summary>
/// Asks the gate about each channel on the facts of this moment. It only looks: whether a contact really happens is
/// decided when it is reserved.
/// </summary>
public sealed class NextAllowedContactQuery(
    IDbContextFactory<DashboardDb> contexts,
    TimeProvider time
)
{
    // The longest period a rule counts over is a month; statutory ones are at most a year (consent renewals).
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(400);

    /// <summary>One answer for each channel: e-mail, phone, text message.</summary>
    public async Task<IReadOnlyList<NextContact>> RunAsync(
        Customer customer,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var rules = RuleSet.Compile(
            await db
                .ComplianceRules.AsNoTracking()
                .OrderBy(r => r.Name)
                .ToListAsync(cancellationToken)
        );
        var facts = await FactsAsync(db, customer.Id, now, cancellationToken);
        var debts = await DebtsAsync(db, customer.Id, now, cancellationToken);
        return
        [
            .. Enum.GetValues<Channel>()
                .Select(channel => new NextContact(
                    channel,
                    ComplianceGate.Evaluate(facts, rules, new ContactRequest(channel, now, debts)),
                    Reaches(customer, channel)
                )),
        ];
    }

    private static bool Reaches(Customer customer, Channel channel) =>
        channel switch
        {
            Channel.Email => !string.IsNullOrWhiteSpace(customer.Email),
            Channel.Phone => !string.IsNullOrWhiteSpace(customer.Phone ?? customer.Mobile),
            _ => !string.IsNullOrWhiteSpace(customer.Mobile ?? customer.Phone),
        };

    private static Task<List<string>> DebtsAsync(
        DashboardDb db,
        Guid customerId,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var today = DateOnly.FromDateTime(now);
        return db
            .PaymentRecords.Where(p => p.CustomerId == customerId && p.DueDate < today)
            .Where(p =>
                p.Status != Domain.Payments.PaymentStatus.Paid
                && p.Status != Domain.Payments.PaymentStatus.Cancelled
            )
            .Select(p => p.Id.ToString())
            .ToListAsync(cancellationToken);
    }

    private static async Task<ContactFacts> FactsAsync(
        DashboardDb db,
        Guid customerId,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var profile = await db
            .CustomerProfiles.AsNoTracking()
            .SingleOrDefaultAsync(p => p.CustomerId == customerId, cancellationToken);
        var optOuts = await db
            .OptOuts.Where(o => o.CustomerId == customerId)
            .Select(o => new OptOutFact(o.Channel, o.OptedOutAt, o.ExpiresAt))
            .ToListAsync(cancellationToken);
        return new ContactFacts
        {
            Timezone = profile?.Timezone,
            OptOuts = optOuts,
            DoNotContact = profile?.DoNotContact == true,
            ContactRestrictions = profile?.ContactRestrictions ?? [],
            PreferredWindow = profile
                is { PreferredContactTimeStart: { } start, PreferredContactTimeEnd: { } end }
                ? new PreferredWindow(start, end)
                : null,
            History = await HistoryAsync(db, customerId, now - s_memory, cancellationToken),
        };
    }

    private static async Task<List<PastContact>> HistoryAsync(
        DashboardDb db,
        Guid customerId,
        DateTime since,
        CancellationToken cancellationToken
    )
    {
        var attempts = await db
            .ContactAttempts.Where(a => a.CustomerId == customerId && a.Timestamp >= since)
            .Select(a => new
            {
                a.Channel,
                a.Timestamp,
                a.Status,
                a.Duration,
                Invoice = a.Task!.PaymentRecordId,
            })
            .ToListAsync(cancellationToken);
        // A contact about all invoices of the customer names none here, which the gate counts for every invoice.
        return
        [
            .. attempts.Select(a => new PastContact(
                a.Channel,
                a.Timestamp,
                a.Status,
                a.Invoice is { } invoice ? [invoice.ToString()] : [],
                a.Duration
            )),
        ];
    }
}
