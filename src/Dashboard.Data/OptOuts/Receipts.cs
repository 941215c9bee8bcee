using Dashboard.Data.Commands;
using Dashboard.Data.Tasks;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Data.OptOuts;

/// <summary>Writes receipts.</summary>
internal static class Receipts
{
    /// <summary>The receipt of an opt-out.</summary>
    public static OptOutReceipt Of(
        CommandContext context,
        OptOut row,
        IEnumerable<StopEffect> effects
    )
    {
        var receipt = Of(context, row.CustomerId, row.Channel, effects);
        receipt.OptOutId = row.Id;
        receipt.Until = row.ExpiresAt;
        receipt.UntilReviewed = row.Metadata?.Hold is not null;
        return receipt;
    }

    /// <summary>The receipt of a stop for good.</summary>
    public static OptOutReceipt Of(
        CommandContext context,
        Guid customerId,
        OptOutChannel channel,
        IEnumerable<StopEffect> effects
    )
    {
        var receipt = new OptOutReceipt
        {
            CustomerId = customerId,
            Channel = channel,
            RecordedAt = context.Now,
            RecordedBy = context.Actor.Id,
            RecordedByName = context.Actor.Name,
        };
        foreach (var effect in effects)
        {
            if (effect.Contact is { } contact)
            {
                receipt.InFlight.Add(contact);
                continue;
            }

            switch (effect.Kind)
            {
                case "cancelled":
                    receipt.CancelledCount++;
                    Keep(receipt.Cancelled, effect.Task);
                    break;
                case "rerouted":
                    receipt.ReroutedCount++;
                    Keep(receipt.Rerouted, effect.Task);
                    break;
                default:
                    receipt.WaitingCount++;
                    Keep(receipt.Waiting, effect.Task);
                    break;
            }
        }

        return receipt;
    }

    private static void Keep(List<StoppedTask> lines, StoppedTask task)
    {
        if (lines.Count < OptOutReceipt.MostLines)
        {
            lines.Add(task);
        }
    }
}
