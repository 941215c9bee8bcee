using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.OptOuts;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Contacts;

/// <summary>What an inbound text did.</summary>
/// <param name="InboundId">Row of ops.inbound_contacts.</param>
/// <param name="Intent">What it was taken to mean; review = a person has to read it.</param>
/// <param name="Customers">Whose number it came from; empty = unknown.</param>
/// <param name="Receipts">What an opt-out or a hold stopped.</param>
/// <param name="AnswerHelp">The customer asked who we are and may be answered.</param>
/// <param name="Replied">It was recorded as the reply to our last text message.</param>
/// <param name="Repeated">The provider delivered it before; nothing was done.</param>
public sealed record InboundSmsOutcome(
    Guid InboundId,
    SmsIntent Intent,
    IReadOnlyList<Guid> Customers,
    IReadOnlyList<OptOutReceipt> Receipts,
    bool AnswerHelp = false,
    bool Replied = false,
    bool Repeated = false
);

/// <summary>
/// A text message came in. What it asks for is done in the same transaction (47 CFR 64.1200(a)(10)); what is unclear holds the
/// customer's text messages until a person has read it, as does a text from a number that several customers share. A text from
/// an unknown number waits to be read too.
/// </summary>
/// <param name="From">The sender's number as the provider writes it, at most 255 characters.</param>
/// <param name="Body">The text; what is longer than 4,000 characters is read but not kept.</param>
/// <param name="ProviderId">The provider's id, at most 100 characters; the same message twice is one.</param>
/// <param name="CustomerId">The sender, where somebody records the text by hand on a customer's page.</param>
public sealed record RecordInboundSms(
    string From,
    string Body,
    string? ProviderId = null,
    Guid? CustomerId = null
) : ICommand<InboundSmsOutcome>
{
    private const int LongestBody = 4000;

    /// <inheritdoc />
    public string AllowedRoles => Roles.Stoppers;

    /// <inheritdoc />
    public CommandTarget Target => new("customer", CustomerId ?? Guid.Empty, "texted");

    /// <inheritdoc />
    public async Task<Result<InboundSmsOutcome>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Check() is { } fault)
        {
            return fault;
        }

        IReadOnlyList<Guid> customers = CustomerId is { } known
            ? [known]
            : await PhoneNumbers.OwnersAsync(context, From, cancellationToken);
        await context.LockCustomersAsync(customers, cancellationToken);
        if (
            CustomerId is { } id
            && !await context.Db.Customers.AnyAsync(c => c.Id == id, cancellationToken)
        )
        {
            return Error.NotFound("This customer does not exist any more.");
        }

        // After the lock: the provider may deliver a message twice at the same moment.
        return await FindAsync(context, cancellationToken) is { } before
            ? new InboundSmsOutcome(
                before.Id,
                before.Intent ?? SmsIntent.None,
                customers,
                [],
                Repeated: true
            )
            : await ActAsync(context, customers, cancellationToken);
    }

    private Error? Check() =>
        string.IsNullOrWhiteSpace(From) || From.Length > 255
            ? Error.Invalid(nameof(From), "Enter the number the text came from.")
        : string.IsNullOrWhiteSpace(Body)
            ? Error.Invalid(nameof(Body), "Enter the text as the customer wrote it.")
        : ProviderId?.Length > 100
            ? Error.Invalid(nameof(ProviderId), "The provider's id has at most 100 characters.")
        : null;

    private async Task<InboundContact?> FindAsync(
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        ProviderId is null
            ? null
            : await context
                .Db.InboundContacts.AsNoTracking()
                .SingleOrDefaultAsync(i => i.ProviderId == ProviderId, cancellationToken);

    private async Task<Result<InboundSmsOutcome>> ActAsync(
        CommandContext context,
        IReadOnlyList<Guid> customers,
        CancellationToken cancellationToken
    )
    {
        var sender = await SmsSender.LoadAsync(context, customers, cancellationToken);
        var meaning = InboundSms.Recognise(Body, sender.IsStopped);
        var intent = sender.Settle(meaning.Intent, context.Actor);
        var inbound = new InboundContact
        {
            Id = Guid.CreateVersion7(),
            CustomerId = customers is [var only] ? only : null,
            Channel = Channel.Sms,
            Sender = From.Trim(),
            Body = Storable(Body),
            ReceivedAt = context.Now,
            ProviderId = ProviderId,
            Intent = intent,
        };
        context.Db.InboundContacts.Add(inbound);
        var outcome = new InboundSmsOutcome(inbound.Id, intent, customers, []);
        switch (intent)
        {
            case SmsIntent.OptOut:
                var wish = new Wish(
                    customers[0],
                    meaning.EveryChannel ? OptOutChannel.All : OptOutChannel.Sms,
                    Quote(inbound.Body),
                    null,
                    OptOutSources.Sms
                );
                var recorded = await OptOutBook.RecordAsync(
                    context,
                    [wish],
                    AddOptOut.StopReason(wish.Reason),
                    cancellationToken
                );
                return outcome with { Receipts = [recorded[0].Receipt] };
            case SmsIntent.OptIn:
                RemoveOptOuts.End(
                    context,
                    sender.TextOptOut!,
                    $"The customer texted: {Quote(inbound.Body)}"
                );
                return outcome;
            case SmsIntent.Help:
                return outcome with { AnswerHelp = !sender.IsStopped };
            case SmsIntent.Review:
                var held = await SmsHolds.HoldAsync(
                    context,
                    customers,
                    inbound.Id,
                    cancellationToken
                );
                return outcome with { Receipts = [.. held.Select(h => h.Receipt)] };
            default:
                var replied = await TextReplies.RecordAsync(context, inbound, cancellationToken);
                return outcome with { Replied = replied };
        }
    }

    /// <summary>The text as a reason.</summary>
    internal static string Quote(string? body) =>
        body is null ? string.Empty
        : body.Length > 300 ? body[..300] + "…"
        : body;

    /// <summary>Without what PostgreSQL does not store.</summary>
    private static string Storable(string body)
    {
        var text = body.Replace("\0", "", StringComparison.Ordinal).Trim();
        var kept = text.Length > LongestBody ? text[..LongestBody] : text;
        return string.Concat(kept.EnumerateRunes());
    }
}
