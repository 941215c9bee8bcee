using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Demo;

/// <summary>A demo customer buys again: an invoice much like an earlier one.</summary>
/// <param name="Like">The earlier invoice.</param>
/// <param name="DueInDays">Days until it is due; negative when it is overdue already.</param>
internal sealed record AddDemoInvoice(PaymentRecord Like, int DueInDays) : ICommand<Guid>
{
    public string AllowedRoles => Roles.CollectionsManagers;

    public CommandTarget Target => new("payment_record", Guid.Empty, "created");

    public async Task<Result<Guid>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var today = DateOnly.FromDateTime(context.Now);
        var due = today.AddDays(DueInDays);
        var id = Guid.CreateVersion7(new DateTimeOffset(context.Now, TimeSpan.Zero));
        var amount = Math.Round(
            Like.Amount * (decimal)(0.6 + (Random.Shared.NextDouble() * 0.9)),
            2
        );
        context.Db.PaymentRecords.Add(
            new PaymentRecord
            {
                Id = id,
                CustomerId = Like.CustomerId,
                Amount = amount,
                Currency = Like.Currency,
                DueDate = due,
                Status = PaymentStatusRule.Of(amount, null, due, null, today),
                InvoiceNumber =
                    $"NWL-{context.Now:yy}-{context.Now:MMddHHmmss}-{Random.Shared.Next(100, 999)}",
                Description = Like.Description,
                CreatedAt = context.Now,
            }
        );
        await context.Db.SaveChangesAsync(cancellationToken);
        return id;
    }
}
