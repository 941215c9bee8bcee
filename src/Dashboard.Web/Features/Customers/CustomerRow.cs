using Dashboard.Domain.Customers;

namespace Dashboard.Web.Features.Customers;

/// <summary>Money owed in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Overdue">Outstanding past its due date.</param>
/// <param name="Outstanding">Outstanding in all.</param>
/// <param name="Oldest">Due date of the oldest overdue invoice.</param>
public sealed record OwedMoney(
    string Currency,
    decimal Overdue,
    decimal Outstanding,
    DateOnly? Oldest
);

/// <summary>One line of the list of customers.</summary>
public sealed record CustomerRow
{
    /// <summary>The customer's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of the company.</summary>
    public required string CompanyName { get; init; }

    /// <summary>Who is spoken to.</summary>
    public required string ContactName { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Phone, or mobile when there is none.</summary>
    public string? Phone { get; init; }

    /// <summary>Risk in words.</summary>
    public RiskLevel? RiskLevel { get; init; }

    /// <summary>0 to 100.</summary>
    public decimal? RiskScore { get; init; }

    /// <summary>IANA zone.</summary>
    public string? Timezone { get; init; }

    /// <summary>No contact on any channel.</summary>
    public bool DoNotContact { get; init; }

    /// <summary>Channels with an opt-out in force.</summary>
    public IReadOnlyList<string> OptOuts { get; init; } = [];

    /// <summary>Largest overdue amount first.</summary>
    public IReadOnlyList<OwedMoney> Owed { get; init; } = [];

    /// <summary>Days past due of the oldest open invoice; null when nothing is overdue.</summary>
    public int? OldestDays { get; init; }

    /// <summary>Overdue invoices.</summary>
    public int OverdueInvoices { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? LastContactAt { get; init; }

    /// <summary>Campaigns that are active or paused.</summary>
    public int OpenCampaigns { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Where a page begins: after the row with these sort values.</summary>
/// <param name="Id">The last row of the page before.</param>
/// <param name="Name">Its name in lower case.</param>
/// <param name="Number">Its amount or score.</param>
/// <param name="Day">Its oldest due date.</param>
public sealed record CustomerCursor(Guid Id, string Name, decimal Number, DateOnly? Day);

/// <summary>One page of customers.</summary>
/// <param name="Rows">The lines, in order.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Total">All that match, counted up to 10,000 plus one.</param>
public sealed record CustomerListPage(
    IReadOnlyList<CustomerRow> Rows,
    CustomerCursor? Next,
    int Total
);
