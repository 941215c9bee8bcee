using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>What would have become of one past contact or refusal.</summary>
public enum BacktestChange
{
    /// <summary>A contact that would have had to wait.</summary>
    Later,

    /// <summary>A contact that would never have been made.</summary>
    ForGood,

    /// <summary>A contact that a person would have had to approve.</summary>
    ToApproval,

    /// <summary>A contact that would have gone to a person.</summary>
    Escalated,

    /// <summary>A contact that would have been made, with a warning.</summary>
    Warned,

    /// <summary>A contact that would have been made without the warning or approval it had.</summary>
    Eased,

    /// <summary>A refusal that would have been a contact.</summary>
    Allowed,

    /// <summary>A refusal that would have been one of another kind, e.g. an approval in place of a wait.</summary>
    RefusedOtherwise,
}

/// <summary>
/// What a draft would have done in a period. Each contact is judged on the facts of then and on a history without the
/// contacts that the draft would have stopped, with the refusals in it that it would have let through.
/// </summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="RanAt">UTC.</param>
/// <param name="Rule">The draft's name.</param>
/// <param name="JudgedAsOff">True when the draft switches the rule off.</param>
/// <param name="ComparedVersions">Versions of the changed rule that were in force in the period; 0 = compared with no rule.</param>
/// <param name="VersionsSince">UTC; before it no version is on record and the first one stood in. Null when all is on record.</param>
/// <param name="Total">Everything.</param>
/// <param name="Channels">By channel, the busiest first.</param>
/// <param name="Campaigns">By campaign name, the most changed first, ten at most.</param>
/// <param name="OtherCampaigns">The rest; null when there is none.</param>
/// <param name="MedianWaitHours">Of the contacts that would have been later: how much, at least. Null when there is none.</param>
/// <param name="Examples">A sample of each kind of change.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record BacktestReport(
    DateTime From,
    DateTime To,
    DateTime RanAt,
    string Rule,
    bool JudgedAsOff,
    int ComparedVersions,
    DateTime? VersionsSince,
    BacktestRow Total,
    IReadOnlyList<BacktestRow> Channels,
    IReadOnlyList<BacktestRow> Campaigns,
    BacktestRow? OtherCampaigns,
    double? MedianWaitHours,
    IReadOnlyList<BacktestExample> Examples,
    double Seconds
);

/// <summary>Counts of a part of the period's contacts.</summary>
/// <param name="Name">A channel, a campaign's name; empty for contacts of no campaign and for the total.</param>
/// <param name="Contacts">Contacts that were made.</param>
/// <param name="Refusals">Contacts that the gate refused.</param>
/// <param name="Later">See <see cref="BacktestChange.Later"/>.</param>
/// <param name="ForGood">See <see cref="BacktestChange.ForGood"/>.</param>
/// <param name="ToApproval">See <see cref="BacktestChange.ToApproval"/>.</param>
/// <param name="Escalated">See <see cref="BacktestChange.Escalated"/>.</param>
/// <param name="Warned">See <see cref="BacktestChange.Warned"/>.</param>
/// <param name="Eased">See <see cref="BacktestChange.Eased"/>.</param>
/// <param name="Allowed">See <see cref="BacktestChange.Allowed"/>.</param>
/// <param name="RefusedOtherwise">See <see cref="BacktestChange.RefusedOtherwise"/>.</param>
/// <param name="Money">The invoices behind what would have been stopped, by currency, each invoice once.</param>
/// <param name="MoneyAllowed">The invoices behind the refusals that would have been contacts.</param>
public sealed record BacktestRow(
    string Name,
    int Contacts,
    int Refusals,
    int Later,
    int ForGood,
    int ToApproval,
    int Escalated,
    int Warned,
    int Eased,
    int Allowed,
    int RefusedOtherwise,
    IReadOnlyList<BacktestMoney> Money,
    IReadOnlyList<BacktestMoney> MoneyAllowed
)
{
    /// <summary>Contacts that would not have been made as they were.</summary>
    public int Stopped => Later + ForGood + ToApproval + Escalated;

    /// <summary>Everything that would have come out differently.</summary>
    public int Changed => Stopped + Warned + Eased + Allowed + RefusedOtherwise;
}

/// <summary>An amount.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">Of the invoices, in that currency.</param>
/// <param name="Invoices">How many they are.</param>
public sealed record BacktestMoney(string Currency, decimal Amount, int Invoices);

/// <summary>One contact or refusal that would have come out differently.</summary>
/// <param name="Change">How.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Customer">The company's name.</param>
/// <param name="TaskId">Its task.</param>
/// <param name="AttemptId">The contact attempt; null for a refusal.</param>
/// <param name="Channel">The way it went, or would have gone.</param>
/// <param name="Campaign">Name of its campaign.</param>
/// <param name="At">UTC.</param>
/// <param name="Timezone">The customer's zone then; null = unknown.</param>
/// <param name="Happened">A word of schema.md for the attempt's status, or of the gate's verdict for a refusal.</param>
/// <param name="Before">What the rule in force said, when it said anything but yes.</param>
/// <param name="Verdict">What the draft says.</param>
/// <param name="Explanation">Its sentence, with the numbers.</param>
/// <param name="NextAllowedAt">UTC; when the draft alone would have allowed it.</param>
public sealed record BacktestExample(
    BacktestChange Change,
    Guid CustomerId,
    string Customer,
    Guid TaskId,
    Guid? AttemptId,
    Channel Channel,
    string? Campaign,
    DateTime At,
    string? Timezone,
    string Happened,
    string? Before,
    GateVerdict Verdict,
    string Explanation,
    DateTime? NextAllowedAt
);
