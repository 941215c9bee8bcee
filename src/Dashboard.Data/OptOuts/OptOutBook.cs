using Dashboard.Data.Commands;
using Dashboard.Data.Tasks;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>A wish not to be contacted, from whichever door.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Channel">Which channel.</param>
/// <param name="Reason">In the customer's words.</param>
/// <param name="ExpiresAt">UTC, exclusive; null = for good.</param>
/// <param name="Source">One of <see cref="OptOutSources"/>.</param>
internal sealed record Wish(
    Guid CustomerId,
    OptOutChannel Channel,
    string? Reason,
    DateTime? ExpiresAt,
    string Source
);

/// <summary>A wish as it was recorded.</summary>
/// <param name="Row">The opt-out.</param>
/// <param name="Receipt">What it did.</param>
/// <param name="Changed">False when an earlier wish covered it already.</param>
internal sealed record RecordedWish(OptOut Row, OptOutReceipt Receipt, bool Changed);

/// <summary>Writes wishes down and stops what waits; the one place behind every door.</summary>
internal static class OptOutBook
{
    /// <summary>
    /// Records the wishes of existing customers and stops their waiting contacts in the caller's transaction, with the customers
    /// locked first. A later wish never shortens an earlier one.
    /// </summary>
    public static async Task<IReadOnlyList<RecordedWish>> RecordAsync(
        CommandContext context,
        IReadOnlyList<Wish> wishes,
        string stopReason,
        CancellationToken cancellationToken
    )
    {
        var customers = wishes.Select(w => w.CustomerId).Distinct().ToList();
        await context.LockCustomersAsync(customers, cancellationToken);
        var from = await InForceFromAsync(context, customers, cancellationToken);
        var rows = await context
            .Db.OptOuts.Where(o => customers.Contains(o.CustomerId))
            .ToDictionaryAsync(o => (o.CustomerId, o.Channel), cancellationToken);
        var written = new List<(OptOut Row, bool Changed)>(wishes.Count);
        foreach (var wish in wishes)
        {
            if (!rows.TryGetValue((wish.CustomerId, wish.Channel), out var row))
            {
                row = Add(context, wish, from[wish.CustomerId]);
                rows[(wish.CustomerId, wish.Channel)] = row;
                written.Add((row, true));
            }
            else
            {
                written.Add((row, Merge(context, row, wish, from[wish.CustomerId])));
            }
        }

        return await StopAsync(context, written, stopReason, cancellationToken);
    }

    /// <summary>Stops what waits on the rows' channels and keeps a receipt with each.</summary>
    public static async Task<IReadOnlyList<RecordedWish>> StopAsync(
        CommandContext context,
        IReadOnlyList<(OptOut Row, bool Changed)> rows,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var stops = rows.Select(r => r.Row)
            .Distinct()
            .Select(o => new ContactStop(o.CustomerId, o.Channel, o.ExpiresAt is null))
            .ToList();
        var effects = (
            await WaitingContacts.StopAsync(context, stops, reason, cancellationToken)
        ).ToLookup(e => (e.CustomerId, e.Stop));
        var recorded = new List<RecordedWish>(rows.Count);
        foreach (var (row, changed) in rows)
        {
            var receipt = Receipts.Of(context, row, effects[(row.CustomerId, row.Channel)]);
            row.Metadata ??= new OptOutMetadata();
            // The same wish again, with nothing left to stop, must not hide what it stopped the first time.
            if (changed || row.Metadata.Receipt is null || receipt.CancelledCount > 0)
            {
                row.Metadata.Receipt = receipt;
            }

            recorded.Add(new RecordedWish(row, receipt, changed));
        }

        return recorded;
    }

    /// <summary>
    /// From when a stop recorded now is in force: now, or just after the last contact that was reserved while we waited for the
    /// customer (or by a process whose clock is ahead), so that a contact from before the stop never looks like one after it.
    /// </summary>
    public static async Task<Dictionary<Guid, DateTime>> InForceFromAsync(
        CommandContext context,
        IReadOnlyCollection<Guid> customers,
        CancellationToken cancellationToken
    )
    {
        var late = await context.QueryAsync(
            """
            SELECT customer_id, max(timestamp) FROM contact_attempts
            WHERE customer_id = ANY(@ids) AND timestamp >= @now AND timestamp < @now + interval '5 minutes'
            GROUP BY customer_id
            """,
            p => p.AddWithValue("ids", customers.ToArray()),
            row => (row.GetGuid(0), DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc)),
            cancellationToken
        );
        var from = customers.ToDictionary(c => c, _ => context.Now);
        foreach (var (customer, at) in late)
        {
            from[customer] = at.AddMicroseconds(1);
        }

        return from;
    }

    /// <summary>True when the row stops contacts at <paramref name="now"/>.</summary>
    public static bool Holds(this OptOut row, DateTime now) =>
        row.ExpiresAt is null || row.ExpiresAt > now;

    private static OptOut Add(CommandContext context, Wish wish, DateTime from)
    {
        var added = new OptOut
        {
            Id = Guid.CreateVersion7(),
            CustomerId = wish.CustomerId,
            Channel = wish.Channel,
            Reason = wish.Reason,
            OptedOutAt = from,
            ExpiresAt = wish.ExpiresAt,
            Metadata = new OptOutMetadata { Source = wish.Source },
        };
        context.Db.OptOuts.Add(added);
        return added;
    }

    /// <summary>False when the row says all of it already.</summary>
    private static bool Merge(CommandContext context, OptOut row, Wish wish, DateTime from)
    {
        row.Metadata ??= new OptOutMetadata();
        if (row.Metadata.Hold is { } hold && row.Holds(context.Now))
        {
            return MergeIntoHold(context, row, hold, wish);
        }

        if (!row.Holds(context.Now))
        {
            row.OptedOutAt = from;
            row.ExpiresAt = wish.ExpiresAt;
            row.Reason = wish.Reason;
            row.Metadata.Source = wish.Source;
            row.Metadata.Ended = null;
            row.Metadata.Hold = null;
            row.Metadata.Receipt = null;
            return true;
        }

        var until = Later(row.ExpiresAt, wish.ExpiresAt);
        var changed = until != row.ExpiresAt || (wish.Reason ?? row.Reason) != row.Reason;
        if (until != row.ExpiresAt)
        {
            row.Metadata.Source = wish.Source;
        }

        row.ExpiresAt = until;
        row.Reason = wish.Reason ?? row.Reason;
        return changed;
    }

    /// <summary>A wish for good needs no reading any more; another one waits behind the hold.</summary>
    private static bool MergeIntoHold(
        CommandContext context,
        OptOut row,
        OptOutHold hold,
        Wish wish
    )
    {
        if (wish.ExpiresAt is not { } until)
        {
            row.ExpiresAt = null;
            row.Reason = wish.Reason ?? row.Reason;
            row.Metadata!.Source = wish.Source;
            row.Metadata.Hold = null;
            return true;
        }

        var before = hold.WishUntil > context.Now ? hold.WishUntil : null;
        hold.WishUntil = before > until ? before : until;
        hold.WishReason = wish.Reason ?? hold.WishReason;
        hold.WishSource = wish.Source;
        return before != hold.WishUntil;
    }

    private static DateTime? Later(DateTime? one, DateTime? other) =>
        one is null || other is null ? null
        : one > other ? one
        : other;
}
