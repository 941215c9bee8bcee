using Dashboard.Domain.Json;

namespace Dashboard.Domain.Payments;

/// <summary>contracts.md, payment_records.metadata.</summary>
public sealed class PaymentMetadata : JsonDocumentShape
{
    /// <summary>The customer disputes the invoice.</summary>
    public bool? Disputed { get; set; }

    /// <summary>Why it is disputed.</summary>
    public string? DisputeReason { get; set; }

    /// <summary>A promise to pay.</summary>
    public PaymentPromise? Promise { get; set; }

    /// <summary>What has been paid so far, in the invoice's currency.</summary>
    public decimal? AmountPaid { get; set; }
}

/// <summary>A promise to pay: how much, until when, made when (UTC).</summary>
public sealed class PaymentPromise : JsonDocumentShape
{
    /// <summary>In the invoice's currency.</summary>
    public decimal Amount { get; set; }

    /// <summary>Promised day.</summary>
    public DateOnly Due { get; set; }

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; set; }
}
