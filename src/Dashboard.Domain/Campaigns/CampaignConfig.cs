using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Campaigns;

/// <summary>contracts.md, campaigns.config. Limits can only tighten the compliance rules.</summary>
public sealed class CampaignConfig : JsonDocumentShape
{
    /// <summary>IANA name for <see cref="BusinessHours"/>; null = the customer's.</summary>
    public string? Timezone { get; set; }

    /// <summary>Hours in which steps go out.</summary>
    public BusinessHours? BusinessHours { get; set; }

    /// <summary>Contacts of this campaign a day at most; null = no limit of its own.</summary>
    public int? MaxDailyContacts { get; set; }

    /// <summary>Hours between two contacts of this campaign at least.</summary>
    public double? CooldownHours { get; set; }

    /// <summary>Completes when the invoice is paid.</summary>
    public bool StopOnPayment { get; set; } = true;

    /// <summary>One campaign for all overdue invoices of the customer.</summary>
    public bool GroupInvoices { get; set; } = true;
}

/// <summary>Wall clock, half-open [start, end).</summary>
public sealed class BusinessHours : JsonDocumentShape
{
    /// <summary>Inclusive.</summary>
    public TimeOnly Start { get; set; }

    /// <summary>Exclusive.</summary>
    public TimeOnly End { get; set; }
}

/// <summary>contracts.md, campaigns.results: derived, rewritten by the engine.</summary>
public sealed class CampaignResults : JsonDocumentShape
{
    /// <summary>Attempts.</summary>
    public int TotalContacts { get; set; }

    /// <summary>Attempts that reached the customer.</summary>
    public int SuccessfulContacts { get; set; }

    /// <summary>Invoices paid since the start.</summary>
    public int PaymentsReceived { get; set; }

    /// <summary>Their sum.</summary>
    public decimal TotalAmountCollected { get; set; }

    /// <summary>Days from start to payment, on average.</summary>
    public decimal? AverageCollectionDays { get; set; }

    /// <summary>The same by channel.</summary>
    public List<ChannelResult> Channels { get; set; } = [];

    /// <summary>Steps that are behind the campaign, with what became of them.</summary>
    public List<StepResult> Steps { get; set; } = [];
}

/// <summary>Attempts on one channel.</summary>
public sealed class ChannelResult : JsonDocumentShape
{
    /// <summary>The channel.</summary>
    public Channel Channel { get; set; }

    /// <summary>Attempts.</summary>
    public int Attempts { get; set; }

    /// <summary>Delivered or better.</summary>
    public int Delivered { get; set; }

    /// <summary>Answered or replied.</summary>
    public int Responses { get; set; }
}

/// <summary>What became of one step.</summary>
public sealed class StepResult : JsonDocumentShape
{
    /// <summary>1-based.</summary>
    public int StepNumber { get; set; }

    /// <summary><c>completed</c>, <c>failed</c>, <c>skipped</c>, <c>cancelled</c>.</summary>
    public string Outcome { get; set; } = string.Empty;

    /// <summary>Why it was skipped or failed.</summary>
    public string? Reason { get; set; }

    /// <summary>UTC; the next step's delay counts from here.</summary>
    public DateTime At { get; set; }
}
