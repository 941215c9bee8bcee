using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Audit;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Contacts;

/// <summary>What is known of the sender of a text, which decides what the text may do.</summary>
/// <param name="Count">Customers with the number.</param>
/// <param name="IsStopped">Text messages to one of them are stopped, for whatever reason.</param>
/// <param name="TextOptOut">The stop, when it is one that a text made and nothing else stops the customer: a text may end it.</param>
internal sealed record SmsSender(int Count, bool IsStopped, OptOut? TextOptOut)
{
    /// <summary>Reads it; the customers are locked.</summary>
    public static async Task<SmsSender> LoadAsync(
        CommandContext context,
        IReadOnlyList<Guid> customers,
        CancellationToken cancellationToken
    )
    {
        var stops = await context
            .Db.OptOuts.Where(o => customers.Contains(o.CustomerId))
            .Where(o => o.Channel == OptOutChannel.Sms || o.Channel == OptOutChannel.All)
            .Where(o => o.ExpiresAt == null || o.ExpiresAt > context.Now)
            .ToListAsync(cancellationToken);
        var closed = await context.Db.CustomerProfiles.AnyAsync(
            p => customers.Contains(p.CustomerId) && p.DoNotContact == true,
            cancellationToken
        );
        var byText =
            !closed
            && customers.Count == 1
            && stops
                is [
                    {
                        Channel: OptOutChannel.Sms,
                        Metadata: { Source: OptOutSources.Sms, Hold: null }
                    },
                ];
        return new SmsSender(customers.Count, closed || stops.Count > 0, byText ? stops[0] : null);
    }

    /// <summary>
    /// What is done about a meaning: a person reads what comes from nobody or from several, and a wish to be texted again where
    /// a text did not make the stop, or where somebody without the right to lift stops recorded it.
    /// </summary>
    public SmsIntent Settle(SmsIntent meant, Actor actor)
    {
        if (Count != 1)
        {
            return SmsIntent.Review;
        }

        var mayLift = actor.Type != ActorType.User || actor.HasAnyRole(Roles.ComplianceOfficers);
        return meant == SmsIntent.OptIn && (TextOptOut is null || !mayLift)
            ? SmsIntent.Review
            : meant;
    }
}
