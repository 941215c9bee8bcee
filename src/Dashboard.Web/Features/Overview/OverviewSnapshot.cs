using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;

namespace Dashboard.Web.Features.Overview;

/// <summary>Everything the overview shows that changes by the second.</summary>
/// <param name="ReadAt">UTC.</param>
/// <param name="Aging">Open invoices by currency and age; currencies by their sum, largest first.</param>
/// <param name="CollectedWeek">Paid in the last 7 days by currency.</param>
/// <param name="Contacts">Contacts today in the reader's zone.</param>
/// <param name="Refused">Tasks the gate held back today.</param>
/// <param name="Tasks">Open tasks, and those that ended today, by state.</param>
/// <param name="Agents">All agents.</param>
/// <param name="Throughput">Tasks completed a minute, the oldest minute first; 30 of them, the last one under way.</param>
/// <param name="Needs">What waits for a person, most urgent first.</param>
public sealed record OverviewSnapshot(
    DateTime ReadAt,
    IReadOnlyList<AgingRow> Aging,
    IReadOnlyList<CurrencyAmount> CollectedWeek,
    IReadOnlyList<ContactCount> Contacts,
    int Refused,
    IReadOnlyDictionary<AgentTaskStatus, int> Tasks,
    IReadOnlyList<AgentCount> Agents,
    IReadOnlyList<int> Throughput,
    IReadOnlyList<Need> Needs
);

/// <summary>An amount of one currency.</summary>
public sealed record CurrencyAmount(string Currency, decimal Amount);

/// <summary>Open invoices of one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Buckets">In the order of <see cref="AgeBucket.All"/>.</param>
public sealed record AgingRow(string Currency, IReadOnlyList<AgingCell> Buckets)
{
    /// <summary>Everything open.</summary>
    public decimal Outstanding => Buckets.Sum(b => b.Amount);

    /// <summary>Everything past due.</summary>
    public decimal Overdue => Buckets.Skip(1).Sum(b => b.Amount);
}

/// <summary>One bucket of one currency.</summary>
public sealed record AgingCell(decimal Amount, int Invoices);

/// <summary>How old an open invoice is.</summary>
/// <param name="Word">As <c>/customers?age=…</c> spells it.</param>
/// <param name="Title">For people.</param>
public sealed record AgeBucket(string Word, string Title)
{
    /// <summary>Youngest first.</summary>
    public static IReadOnlyList<AgeBucket> All { get; } =
    [
        new("current", "Not due"),
        new("up_to30", "1–30 days"),
        new("up_to60", "31–60 days"),
        new("up_to90", "61–90 days"),
        new("over90", "Over 90 days"),
    ];
}

/// <summary>Contacts of one hour of today.</summary>
/// <param name="Hour">0 to 23 in the reader's zone.</param>
/// <param name="Channel">The way out.</param>
/// <param name="Status">How far they got.</param>
/// <param name="Count">How many.</param>
public sealed record ContactCount(int Hour, Channel Channel, ContactStatus Status, int Count);

/// <summary>Agents of one state.</summary>
public sealed record AgentCount(
    AgentStatus Status,
    AgentWish Wish,
    int Count,
    int Load,
    int Capacity
);

/// <summary>Something that waits for a person.</summary>
/// <param name="Look">Colour, icon and kind.</param>
/// <param name="Text">A sentence with its number.</param>
/// <param name="Since">UTC; the oldest of it.</param>
/// <param name="Href">Exactly those rows; null where there is no page for them.</param>
public sealed record Need(Components.StateLook Look, string Text, DateTime? Since, string? Href);

/// <summary>30 days, the oldest first, today last.</summary>
/// <param name="Currency">Of the three amounts: the one with the most outstanding.</param>
public sealed record OverviewTrends(
    string Currency,
    IReadOnlyList<decimal> Outstanding,
    IReadOnlyList<decimal> Overdue,
    IReadOnlyList<decimal> Collected,
    IReadOnlyList<decimal> Contacts,
    IReadOnlyList<decimal> Refused
);
