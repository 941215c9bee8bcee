using Dashboard.Data.Campaigns;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Payments;

/// <summary>Money came in for an invoice. Paid in full it completes the campaign that chased it.</summary>
/// <param name="PaymentRecordId">The invoice.</param>
/// <param name="Amount">In the invoice's currency, above zero, at most what is still open.</param>
/// <param name="PaidOn">The day it arrived; null = today.</param>
public sealed record RecordPayment(Guid PaymentRecordId, decimal Amount, DateOnly? PaidOn = null)
    : ICommand<RecordPaymentResult>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.CollectionsManagers;

    /// <inheritdoc />
    public CommandTarget Target => new("payment_record", PaymentRecordId, "paid");

    /// <inheritdoc />
    public async Task<Result<RecordPaymentResult>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var invoice = await context.Db.PaymentRecords.SingleOrDefaultAsync(
            p => p.Id == PaymentRecordId,
            cancellationToken
        );
        if (invoice is null)
        {
            return Error.NotFound("This invoice does not exist any more.");
        }

        if (invoice.Status is PaymentStatus.Paid or PaymentStatus.Cancelled)
        {
            return Error.IllegalTransition("This invoice is settled already.");
        }

        var open = invoice.Amount - (invoice.Metadata?.AmountPaid ?? 0);
        if (Amount <= 0 || Amount > open)
        {
            return Error.Invalid(
                nameof(Amount),
                $"A payment is above zero and at most the {open:0.00} {invoice.Currency} that are open."
            );
        }

        Apply(invoice, open, DateOnly.FromDateTime(context.Now));
        await context.Db.SaveChangesAsync(cancellationToken);
        var campaigns = await new CompletePaidCampaigns([invoice.CustomerId]).RunAsync(
            context,
            cancellationToken
        );
        return campaigns.Error is { } refused
            ? refused
            : new RecordPaymentResult(open - Amount, campaigns.Value);
    }

    private void Apply(PaymentRecord invoice, decimal open, DateOnly today)
    {
        var metadata = invoice.Metadata ?? new PaymentMetadata();
        metadata.AmountPaid = (metadata.AmountPaid ?? 0) + Amount;
        invoice.Metadata = metadata;
        if (Amount == open)
        {
            invoice.Status = PaymentStatus.Paid;
            invoice.PaidDate = PaidOn ?? today;
        }
        else
        {
            invoice.Status = PaymentStatus.Partial;
        }
    }
}

/// <summary>What a payment did.</summary>
/// <param name="Open">Still open on the invoice.</param>
/// <param name="CampaignsCompleted">Campaigns that ended with it.</param>
public sealed record RecordPaymentResult(decimal Open, int CampaignsCompleted);
