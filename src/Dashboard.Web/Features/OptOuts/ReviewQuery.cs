using Dashboard.Data;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>A text message that a person has to read.</summary>
/// <param name="Id">Row of ops.inbound_contacts.</param>
/// <param name="Sender">The number.</param>
/// <param name="Body">What it says.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="Customers">Whose it may be; empty = the number is unknown.</param>
/// <param name="LastText">Our last text message to the customer, UTC; null = none or several customers.</param>
public sealed record ReviewItem(
    Guid Id,
    string Sender,
    string Body,
    DateTime ReceivedAt,
    IReadOnlyList<CustomerChoice> Customers,
    DateTime? LastText
)
{
    /// <summary>What the words alone would mean, as a hint.</summary>
    public SmsMeaning Meaning => InboundSms.Recognise(Body, optedOut: false);
}

/// <summary>Reads the queue of texts to be read, those that wait longest first.</summary>
public sealed class ReviewQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Shown at once; the rest follows as these are decided.</summary>
    public const int Most = 100;

    /// <summary>How many wait.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.InboundContacts.CountAsync(
            i => i.Intent == SmsIntent.Review && i.ReviewedAt == null,
            cancellationToken
        );
    }

    /// <summary>The queue.</summary>
    public async Task<IReadOnlyList<ReviewItem>> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = await db
            .InboundContacts.AsNoTracking()
            .Where(i => i.Intent == SmsIntent.Review && i.ReviewedAt == null)
            .OrderBy(i => i.ReceivedAt)
            .ThenBy(i => i.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        var holds = await db
            .OptOuts.FromSql(
                $"select * from opt_outs where channel = 'sms' and metadata->'hold' is not null"
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var held = holds
            .SelectMany(h =>
                (h.Metadata?.Hold?.InboundIds ?? []).Select(i => (Inbound: i, h.CustomerId))
            )
            .ToLookup(h => h.Inbound, h => h.CustomerId);
        var ids = messages
            .SelectMany(m => held[m.Id].Append(m.CustomerId ?? Guid.Empty))
            .Where(i => i != Guid.Empty)
            .Distinct()
            .ToList();
        var customers = await db
            .Customers.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Select(c => new
            {
                Choice = new CustomerChoice(
                    c.Id,
                    c.CompanyName,
                    c.ContactName,
                    c.Email,
                    c.Profile == null ? null : c.Profile.Timezone
                ),
                LastText = db
                    .ContactAttempts.Where(a =>
                        a.CustomerId == c.Id && a.Channel == Domain.Contacts.Channel.Sms
                    )
                    .Max(a => (DateTime?)a.Timestamp),
            })
            .ToDictionaryAsync(c => c.Choice.Id, cancellationToken);
        return
        [
            .. messages.Select(m =>
            {
                var own = (m.CustomerId is { } known ? [known] : held[m.Id].Distinct())
                    .Where(customers.ContainsKey)
                    .Select(i => customers[i])
                    .OrderBy(c => c.Choice.CompanyName, StringComparer.OrdinalIgnoreCase)
                    .ToList();
                return new ReviewItem(
                    m.Id,
                    m.Sender,
                    m.Body ?? "",
                    m.ReceivedAt,
                    [.. own.Select(c => c.Choice)],
                    own.Count == 1 ? own[0].LastText : null
                );
            }),
        ];
    }
}
