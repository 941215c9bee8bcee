using System.Text.Json;
using Dashboard.Data;
using Dashboard.Data.Customers;
using Dashboard.Data.Reads;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>A change of what the gate looks at.</summary>
public sealed record FactChange(
    Guid Id,
    DateTime At,
    string Entity,
    string Action,
    string Actor,
    JsonElement? Changes,
    JsonElement? Metadata
);

/// <summary>The mark "do not contact" as it was last set or taken away.</summary>
public sealed record ContactMark(
    DateTime At,
    bool DoNotContact,
    string? Reason,
    string? ByName,
    OptOutReceipt? Receipt
);

/// <summary>What the customer asked for and allowed.</summary>
public sealed record CustomerWishes(
    CustomerProfile? Profile,
    ContactPreferences Preferences,
    IReadOnlyList<Consent> Consents,
    IReadOnlyDictionary<Guid, string> Invoices,
    IReadOnlyList<OptOut> OptOuts,
    int ToReview,
    ContactMark? Mark,
    IReadOnlyList<FactChange> History
);

/// <summary>Reads one customer's preferences, consents and stops, with their history.</summary>
public sealed class ContactPreferencesQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Changes shown.</summary>
    public const int MostChanges = 30;

    private const string History = """
        with about as (
            select 'customer_profile' as entity_type, p.id as entity_id from customer_profiles p where p.customer_id = @customer
            union all select 'contact_preferences', @customer
            union all select 'consent', s.id from ops.consents s where s.customer_id = @customer
            union all select 'opt_out', o.id from opt_outs o where o.customer_id = @customer
            union all select 'customer', @customer)
        select l.id, l.timestamp, l.entity_type, l.action, coalesce(u.display_name, l.actor_id) as actor, l.changes::text as changes,
            (l.metadata - 'receipt')::text as metadata
        from about join audit_logs l on l.entity_type = about.entity_type and l.entity_id = about.entity_id
        left join ops.users u on l.actor_type = 'user' and u.id::text = l.actor_id
        where l.action <> 'refused'
          and (l.entity_type <> 'customer' or l.action = 'do_not_contact')
          and (l.entity_type <> 'customer_profile' or l.changes ?| array['timezone', 'preferred_contact_time_start',
              'preferred_contact_time_end', 'contact_restrictions'])
        order by l.timestamp desc, l.id desc limit @limit
        """;

    /// <summary>Reads them.</summary>
    public async Task<CustomerWishes> RunAsync(Guid customerId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var consents = await db
            .Consents.AsNoTracking()
            .Where(c => c.CustomerId == customerId)
            .OrderByDescending(c => c.GivenAt)
            .ToListAsync(cancellationToken);
        var invoices = consents.Select(c => c.PaymentRecordId).OfType<Guid>().ToList();
        return new CustomerWishes(
            await db
                .CustomerProfiles.AsNoTracking()
                .SingleOrDefaultAsync(p => p.CustomerId == customerId, cancellationToken),
            await db
                .ContactPreferences.AsNoTracking()
                .SingleOrDefaultAsync(p => p.CustomerId == customerId, cancellationToken)
                ?? new ContactPreferences { CustomerId = customerId },
            consents,
            await db
                .PaymentRecords.Where(p => invoices.Contains(p.Id))
                .ToDictionaryAsync(p => p.Id, p => p.InvoiceNumber, cancellationToken),
            await db
                .OptOuts.AsNoTracking()
                .Where(o => o.CustomerId == customerId)
                .OrderByDescending(o => o.OptedOutAt)
                .ToListAsync(cancellationToken),
            await db.InboundContacts.CountAsync(
                i =>
                    i.CustomerId == customerId
                    && i.Intent == SmsIntent.Review
                    && i.ReviewedAt == null,
                cancellationToken
            ),
            await MarkAsync(db, customerId, cancellationToken),
            await db.ReadAsync(
                History,
                [new("customer", customerId), new("limit", MostChanges)],
                Map,
                cancellationToken
            )
        );
    }

    private static async Task<ContactMark?> MarkAsync(
        DashboardDb db,
        Guid customerId,
        CancellationToken cancellationToken
    )
    {
        var row = await db
            .AuditLogs.AsNoTracking()
            .Where(a => a.EntityType == "customer" && a.EntityId == customerId)
            .Where(a => a.Action == SetDoNotContact.Action)
            .OrderByDescending(a => a.Timestamp)
            .FirstOrDefaultAsync(cancellationToken);
        if (row?.Metadata is not { } told)
        {
            return null;
        }

        return new ContactMark(
            row.Timestamp,
            told.TryGetProperty("do_not_contact", out var mark) && mark.GetBoolean(),
            Text(told, "reason"),
            Text(told, "by_name"),
            told.TryGetProperty("receipt", out var receipt)
                ? receipt.Deserialize<OptOutReceipt>(JsonShape.Options)
                : null
        );
    }

    private static string? Text(JsonElement document, string key) =>
        document.TryGetProperty(key, out var text) ? text.GetString() : null;

    private static FactChange Map(NpgsqlDataReader row) =>
        new(
            row.Value<Guid>("id")!.Value,
            row.Utc("timestamp")!.Value,
            row.Text("entity_type")!,
            row.Text("action")!,
            row.Text("actor") ?? "",
            Json(row.Text("changes")),
            Json(row.Text("metadata"))
        );

    private static JsonElement? Json(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
}
