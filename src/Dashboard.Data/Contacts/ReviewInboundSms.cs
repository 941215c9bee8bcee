using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Contacts;

/// <summary>A compliance officer has read an inbound text and decides what it means.</summary>
/// <param name="InboundId">Which.</param>
/// <param name="Channels">What the sender opts out of; empty = it is no opt-out.</param>
/// <param name="CustomerId">Whose text it is; null = the customer, or all the customers, whose number it came from.</param>
/// <param name="Note">How it was understood, 1 to 500 characters.</param>
public sealed record ReviewInboundSms(
    Guid InboundId,
    IReadOnlyList<OptOutChannel> Channels,
    Guid? CustomerId,
    string Note
) : ICommand<IReadOnlyList<OptOutReceipt>>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("inbound_contact", InboundId, "reviewed");

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<OptOutReceipt>>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (OptOutFaults.Reason(nameof(Note), Note) is { } fault)
        {
            return fault;
        }

        var inbound = await context.Db.InboundContacts.SingleOrDefaultAsync(
            i => i.Id == InboundId,
            cancellationToken
        );
        if (inbound is null)
        {
            return Error.NotFound("This message does not exist any more.");
        }

        var held = await SmsHolds.CustomersAsync(context, InboundId, cancellationToken);
        var senders = await SendersAsync(context, inbound, held, cancellationToken);
        await context.LockCustomersAsync([.. senders.Union(held)], cancellationToken);
        await context.Db.Entry(inbound).ReloadAsync(cancellationToken);
        return await CheckAsync(context, inbound, senders, cancellationToken)
            ?? await DecideAsync(context, inbound, senders, cancellationToken);
    }

    private async Task<IReadOnlyList<Guid>> SendersAsync(
        CommandContext context,
        InboundContact inbound,
        List<Guid> held,
        CancellationToken cancellationToken
    ) =>
        CustomerId is { } chosen ? [chosen]
        : inbound.CustomerId is { } known ? [known]
        : held.Count > 0 ? held
        : await PhoneNumbers.OwnersAsync(context, inbound.Sender, cancellationToken);

    private async Task<Error?> CheckAsync(
        CommandContext context,
        InboundContact inbound,
        IReadOnlyList<Guid> senders,
        CancellationToken cancellationToken
    )
    {
        if (inbound is not { Intent: SmsIntent.Review, ReviewedAt: null })
        {
            return Error.IllegalTransition("This message has been decided already.");
        }

        if (Channels.Count > 0 && senders.Count == 0)
        {
            return Error.Invalid(nameof(CustomerId), "Choose the customer who opts out.");
        }

        var known = await context.Db.Customers.CountAsync(
            c => senders.Contains(c.Id),
            cancellationToken
        );
        return known < senders.Count
            ? Error.NotFound("This customer does not exist any more.")
            : null;
    }

    private async Task<Result<IReadOnlyList<OptOutReceipt>>> DecideAsync(
        CommandContext context,
        InboundContact inbound,
        IReadOnlyList<Guid> senders,
        CancellationToken cancellationToken
    )
    {
        inbound.CustomerId = senders is [var only] ? only : inbound.CustomerId;
        inbound.ReviewedAt = context.Now;
        inbound.ReviewedBy = context.Actor.Id;
        inbound.Review =
            Channels.Count > 0 ? $"Opt-out: {Note.Trim()}" : $"No opt-out: {Note.Trim()}";
        var wishes = senders
            .SelectMany(s =>
                Channels
                    .Distinct()
                    .Select(c => new Wish(
                        s,
                        c,
                        RecordInboundSms.Quote(inbound.Body),
                        null,
                        OptOutSources.Sms
                    ))
            )
            .ToList();
        IReadOnlyList<RecordedWish> recorded =
            wishes.Count > 0
                ? await OptOutBook.RecordAsync(
                    context,
                    wishes,
                    AddOptOut.StopReason(wishes[0].Reason),
                    cancellationToken
                )
                : [];
        await SmsHolds.ReleaseAsync(context, InboundId, $"Read: {Note.Trim()}", cancellationToken);
        if (Channels.Count == 0 && inbound.CustomerId is not null)
        {
            await TextReplies.RecordAsync(context, inbound, cancellationToken);
        }

        return recorded.Select(r => r.Receipt).ToList();
    }
}
