using Dashboard.Domain.Customers;

namespace Dashboard.Domain.Payments;

/// <summary>schema.md, payment_records.status.</summary>
public enum PaymentStatus
{
    /// <summary>Not due yet, or due today.</summary>
    Pending,

    /// <summary>Past due and unpaid.</summary>
    Overdue,

    /// <summary>Paid in full.</summary>
    Paid,

    /// <summary>Paid in part; see <c>metadata.amount_paid</c>.</summary>
    Partial,

    /// <summary>Withdrawn.</summary>
    Cancelled,
}

/// <summary>One invoice (schema.md, table 3).</summary>
public sealed class PaymentRecord
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Who owes it.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>Invoice total in <see cref="Currency"/>, two decimals.</summary>
    public decimal Amount { get; set; }

    /// <summary>ISO 4217, three letters.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>The last day on which payment is in time.</summary>
    public DateOnly DueDate { get; set; }

    /// <summary>When it was paid in full.</summary>
    public DateOnly? PaidDate { get; set; }

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; set; }

    /// <summary>Unique, at most 100 characters.</summary>
    public string InvoiceNumber { get; set; } = string.Empty;

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Disputes, promises, part payments and source columns.</summary>
    public PaymentMetadata? Metadata { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Who owes it.</summary>
    public Customer? Customer { get; set; }
}
