namespace Dashboard.Domain.Customers;

/// <summary>schema.md, customer_profiles.risk_level.</summary>
public enum RiskLevel
{
    /// <summary>Pays.</summary>
    Low,

    /// <summary>Pays late.</summary>
    Medium,

    /// <summary>Pays very late or in part.</summary>
    High,

    /// <summary>May not pay.</summary>
    Critical,
}

/// <summary>schema.md, customer_profiles.communication_style.</summary>
public enum CommunicationStyle
{
    /// <summary>Formal.</summary>
    Formal,

    /// <summary>Casual.</summary>
    Casual,

    /// <summary>Direct.</summary>
    Direct,

    /// <summary>Diplomatic.</summary>
    Diplomatic,
}

/// <summary>Behaviour and risk of one customer (schema.md, table 2).</summary>
public sealed class CustomerProfile
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose profile; unique.</summary>
    public Guid CustomerId { get; set; }

    /// <summary>Risk in words.</summary>
    public RiskLevel? RiskLevel { get; set; }

    /// <summary>0 to 100.</summary>
    public decimal? RiskScore { get; set; }

    /// <summary>Days past due, on average.</summary>
    public int? AveragePaymentDelay { get; set; }

    /// <summary>0 to 1: answered contacts over contacts.</summary>
    public decimal? ResponseRate { get; set; }

    /// <summary>Wall clock in <see cref="Timezone"/>, inclusive.</summary>
    public TimeOnly? PreferredContactTimeStart { get; set; }

    /// <summary>Wall clock in <see cref="Timezone"/>, exclusive.</summary>
    public TimeOnly? PreferredContactTimeEnd { get; set; }

    /// <summary>IANA name. Unknown or missing: the gate refuses (fail closed).</summary>
    public string? Timezone { get; set; }

    /// <summary>Tone to write in.</summary>
    public CommunicationStyle? CommunicationStyle { get; set; }

    /// <summary>True: no contact on any channel, ever; not a rule and cannot be switched off.</summary>
    public bool? DoNotContact { get; set; }

    /// <summary>Channels to avoid: <c>email</c>, <c>phone</c>, <c>sms</c>.</summary>
    public string[]? ContactRestrictions { get; set; }

    /// <summary>Notes of operators.</summary>
    public string[]? Notes { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? LastContactDate { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; set by the database.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Whose profile.</summary>
    public Customer? Customer { get; set; }
}
