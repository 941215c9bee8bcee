namespace Dashboard.Domain.Payments;

/// <summary>An invoice's status follows from its dates and what was paid; only <c>cancelled</c> is a decision.</summary>
public static class PaymentStatusRule
{
    /// <summary>The status on a day.</summary>
    /// <param name="amount">Invoice total.</param>
    /// <param name="amountPaid">Paid so far, same currency; null = nothing.</param>
    /// <param name="dueDate">The last day on which payment is in time.</param>
    /// <param name="paidDate">When it was paid in full; a later day than <paramref name="today"/> has not come yet.</param>
    /// <param name="today">The day to judge by.</param>
    public static PaymentStatus Of(
        decimal amount,
        decimal? amountPaid,
        DateOnly dueDate,
        DateOnly? paidDate,
        DateOnly today
    )
    {
        if (paidDate <= today || (amountPaid ?? 0) >= amount)
        {
            return PaymentStatus.Paid;
        }
        if (amountPaid > 0)
        {
            return PaymentStatus.Partial;
        }
        return today > dueDate ? PaymentStatus.Overdue : PaymentStatus.Pending;
    }

    /// <summary>The status of an invoice on a day; a cancelled one stays so.</summary>
    public static PaymentStatus Of(PaymentRecord invoice, DateOnly today) =>
        invoice.Status == PaymentStatus.Cancelled
            ? PaymentStatus.Cancelled
            : Of(
                invoice.Amount,
                invoice.Metadata?.AmountPaid,
                invoice.DueDate,
                invoice.PaidDate,
                today
            );

    /// <summary>What is still owed, never below 0, in the invoice's currency; 0 when paid or cancelled.</summary>
    public static decimal Outstanding(PaymentRecord invoice, DateOnly today) =>
        Of(invoice, today) is PaymentStatus.Paid or PaymentStatus.Cancelled
            ? 0
            : Math.Max(0, invoice.Amount - (invoice.Metadata?.AmountPaid ?? 0));
}
