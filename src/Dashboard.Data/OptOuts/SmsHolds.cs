using Dashboard.Data.Commands;
using Dashboard.Data.Tasks;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>
/// Text messages wait while a person has yet to read what a customer sent. The hold is an opt-out row, so that everything that
/// honours opt-outs honours it: the gate, a re-proof, the clocks. It has an end only so that tasks wait instead of being cancelled.
/// </summary>
internal static class SmsHolds
{
    /// <summary>Holds the customers' text messages for one message; who cannot be texted anyway is left as it is.</summary>
    public static async Task<IReadOnlyList<RecordedWish>> HoldAsync(
        CommandContext context,
        IReadOnlyList<Guid> customers,
        Guid inboundId,
        CancellationToken cancellationToken
    )
    {
        var from = await OptOutBook.InForceFromAsync(context, customers, cancellationToken);
        var rows = await context
            .Db.OptOuts.Where(o => customers.Contains(o.CustomerId))
            .Where(o => o.Channel == OptOutChannel.Sms || o.Channel == OptOutChannel.All)
            .ToListAsync(cancellationToken);
        var held = new List<(OptOut, bool)>();
        foreach (var customer in customers)
        {
            var own = rows.Where(o => o.CustomerId == customer).ToList();
            if (!own.Exists(o => o.ExpiresAt is null))
            {
                var row = own.Find(o => o.Channel == OptOutChannel.Sms);
                held.Add((Hold(context, row, customer, inboundId, from[customer]), true));
            }
        }

        return await OptOutBook.StopAsync(
            context,
            held,
            "A text message waits to be read.",
            cancellationToken
        );
    }

    /// <summary>Customers whose text messages are held for a message.</summary>
    public static Task<List<Guid>> CustomersAsync(
        CommandContext context,
        Guid inboundId,
        CancellationToken cancellationToken
    ) => Rows(context, inboundId).Select(o => o.CustomerId).ToListAsync(cancellationToken);

    /// <summary>The message was read: what was held only for it may leave again, as far as the gate lets it.</summary>
    public static async Task ReleaseAsync(
        CommandContext context,
        Guid inboundId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var released = new List<Guid>();
        foreach (var row in await Rows(context, inboundId).ToListAsync(cancellationToken))
        {
            // Another decision of this transaction may have made it an opt-out for good.
            if (row.Metadata?.Hold is not { } hold)
            {
                continue;
            }

            hold.InboundIds.Remove(inboundId);
            if (hold.InboundIds.Count > 0)
            {
                continue;
            }

            if (hold.WishUntil > context.Now)
            {
                row.ExpiresAt = hold.WishUntil;
                row.Reason = hold.WishReason;
                row.Metadata.Source = hold.WishSource;
                row.Metadata.Hold = null;
            }
            else
            {
                RemoveOptOuts.End(context, row, reason);
            }

            released.Add(row.CustomerId);
        }

        await WaitingContacts.ReleaseAsync(context, released, cancellationToken);
    }

    private static OptOut Hold(
        CommandContext context,
        OptOut? row,
        Guid customer,
        Guid inboundId,
        DateTime from
    )
    {
        if (row is null)
        {
            row = new OptOut
            {
                Id = Guid.CreateVersion7(),
                CustomerId = customer,
                Channel = OptOutChannel.Sms,
                OptedOutAt = from,
            };
            context.Db.OptOuts.Add(row);
        }

        row.Metadata ??= new OptOutMetadata();
        var holds = row.ExpiresAt > context.Now;
        if (holds && row.Metadata.Hold is { } hold)
        {
            hold.InboundIds.Add(inboundId);
            return row;
        }

        row.Metadata.Hold = new OptOutHold
        {
            InboundIds = [inboundId],
            WishUntil = holds ? row.ExpiresAt : null,
            WishReason = holds ? row.Reason : null,
            WishSource = holds ? row.Metadata.Source : null,
        };
        row.OptedOutAt = holds ? row.OptedOutAt : from;
        row.ExpiresAt = context.Now + OptOutHold.Length;
        row.Reason = "A text message waits to be read";
        row.Metadata.Source = OptOutSources.SmsReview;
        row.Metadata.Ended = null;
        return row;
    }

    private static IQueryable<OptOut> Rows(CommandContext context, Guid inboundId) =>
        context.Db.OptOuts.FromSql(
            $"SELECT * FROM opt_outs WHERE channel = 'sms' AND metadata -> 'hold' -> 'inbound_ids' @> to_jsonb(ARRAY[{inboundId}::text])"
        );
}
