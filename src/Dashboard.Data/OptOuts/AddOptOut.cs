using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.Tasks;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>A customer does not want contact on a channel. Once it returns nothing more is reserved there.</summary>
/// <param name="CustomerId">Whose wish.</param>
/// <param name="Channel">Which channel.</param>
/// <param name="Reason">In the customer's words.</param>
/// <param name="ExpiresAt">UTC, exclusive; null = for good. A later wish never shortens an earlier one.</param>
/// <param name="Source"><c>operator</c>, <c>unsubscribe_link</c>, <c>sms</c>, …</param>
public sealed record AddOptOut(
    Guid CustomerId,
    OptOutChannel Channel,
    string? Reason = null,
    DateTime? ExpiresAt = null,
    string Source = "operator"
) : ICommand<Guid>
{
    /// <inheritdoc />
    public string AllowedRoles => $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";

    /// <inheritdoc />
    public CommandTarget Target => new("customer", CustomerId, "opted_out");

    /// <inheritdoc />
    public async Task<Result<Guid>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (ExpiresAt <= context.Now)
        {
            return Error.Invalid(nameof(ExpiresAt), "The end of an opt-out lies in the future.");
        }

        await context.LockCustomersAsync([CustomerId], cancellationToken);
        if (!await context.Db.Customers.AnyAsync(c => c.Id == CustomerId, cancellationToken))
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        var optOut = await UpsertAsync(context, cancellationToken);
        if (optOut.ExpiresAt is null)
        {
            await WaitingContacts.CancelAsync(
                context,
                CustomerId,
                TaskTypeOf(Channel),
                $"The customer opted out{(Reason is null ? "." : $": {Reason}")}",
                cancellationToken
            );
        }

        return optOut.Id;
    }

    private async Task<OptOut> UpsertAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var existing = await context.Db.OptOuts.SingleOrDefaultAsync(
            o => o.CustomerId == CustomerId && o.Channel == Channel,
            cancellationToken
        );
        if (existing is null)
        {
            var added = new OptOut
            {
                Id = Guid.CreateVersion7(),
                CustomerId = CustomerId,
                Channel = Channel,
                Reason = Reason,
                OptedOutAt = context.Now,
                ExpiresAt = ExpiresAt,
                Metadata = new OptOutMetadata { Source = Source },
            };
            context.Db.OptOuts.Add(added);
            return added;
        }

        var stillHolds = existing.ExpiresAt is null || existing.ExpiresAt > context.Now;
        existing.OptedOutAt =
            stillHolds && existing.OptedOutAt < context.Now ? existing.OptedOutAt : context.Now;
        existing.ExpiresAt = stillHolds ? Later(existing.ExpiresAt, ExpiresAt) : ExpiresAt;
        existing.Reason = Reason ?? existing.Reason;
        return existing;
    }

    private static DateTime? Later(DateTime? one, DateTime? other) =>
        one is null || other is null ? null
        : one > other ? one
        : other;

    private static TaskType? TaskTypeOf(OptOutChannel channel) =>
        channel switch
        {
            OptOutChannel.Email => TaskType.SendEmail,
            OptOutChannel.Phone => TaskType.MakeCall,
            OptOutChannel.Sms => TaskType.SendSms,
            _ => null,
        };
}
