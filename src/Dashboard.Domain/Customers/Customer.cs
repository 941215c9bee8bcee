using Dashboard.Domain.Contacts;
using Dashboard.Domain.Payments;

namespace Dashboard.Domain.Customers;

/// <summary>A company that owes invoices (schema.md, table 1). Deleted softly.</summary>
public sealed class Customer
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>At most 255 characters.</summary>
    public string CompanyName { get; set; } = string.Empty;

    /// <summary>At most 255 characters.</summary>
    public string ContactName { get; set; } = string.Empty;

    /// <summary>Unique, at most 255 characters.</summary>
    public string Email { get; set; } = string.Empty;

    /// <summary>Landline, at most 50 characters.</summary>
    public string? Phone { get; set; }

    /// <summary>Mobile, at most 50 characters.</summary>
    public string? Mobile { get; set; }

    /// <summary>Postal address.</summary>
    public Address? Address { get; set; }

    /// <summary>What the customer prefers.</summary>
    public Channel? PreferredContactMethod { get; set; }

    /// <summary>Free labels.</summary>
    public string[]? Tags { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database on every change and used as the concurrency token.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>UTC; set when deleted.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>Behaviour and risk; one at most.</summary>
    public CustomerProfile? Profile { get; set; }

    /// <summary>The customer's invoices.</summary>
    public List<PaymentRecord> PaymentRecords { get; } = [];
}
