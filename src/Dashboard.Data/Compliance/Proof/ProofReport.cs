using System.Globalization;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>One contact of a proof's report, with what was found.</summary>
public sealed record ProofItem
{
    /// <summary>contact_attempts.id; null for a planted one.</summary>
    public Guid? AttemptId { get; init; }

    /// <summary>The task behind it; null for a planted one.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>Whom it reached.</summary>
    public Guid CustomerId { get; init; }

    /// <summary>The customer's company.</summary>
    public string Customer { get; init; } = string.Empty;

    /// <summary>The way it went.</summary>
    public Channel Channel { get; init; }

    /// <summary>UTC; when it was reserved.</summary>
    public DateTime At { get; init; }

    /// <summary>The customer's primary zone then; null = none was known.</summary>
    public string? Timezone { get; init; }

    /// <summary>What did not hold, the hardest first; for a planted one what was to be found.</summary>
    public IReadOnlyList<Breach> Breaches { get; init; } = [];

    /// <summary>What is wrong with its evidence; null = nothing.</summary>
    public string? Defect { get; init; }
}

/// <summary>A known violation that was added to a copy of the records.</summary>
/// <param name="What">What was done, in words.</param>
/// <param name="RuleId">The rule it breaks; null for what is built in.</param>
/// <param name="Rule">Its name.</param>
/// <param name="Found">It was noticed, by that very rule.</param>
/// <param name="Contact">The planted contact.</param>
public sealed record PlantedItem(
    string What,
    Guid? RuleId,
    string Rule,
    bool Found,
    ProofItem Contact
);

/// <summary>A rule nothing was planted for.</summary>
/// <param name="RuleId">Null for what is built in.</param>
/// <param name="Rule">Its name.</param>
/// <param name="Why">Why not.</param>
public sealed record UnplantedItem(Guid? RuleId, string Rule, string Why);

/// <summary>What a proof found (<c>ops.proof_runs.report</c>).</summary>
public sealed record ProofReport
{
    /// <summary>At most so many contacts are listed of each kind; all are counted.</summary>
    public const int MostListed = 2000;

    /// <summary>The process at work.</summary>
    public string? Worker { get; init; }

    /// <summary>Contacts in the period.</summary>
    public int Total { get; init; }

    /// <summary>
    /// Contacts from before rules were kept here: judged by the rules their evidence names, and counted apart.
    /// </summary>
    public int History { get; init; }

    /// <summary>Of those, contacts that should not have happened.</summary>
    public int HistoryRefused { get; init; }

    /// <summary>Contacts whose evidence is missing or wrong.</summary>
    public int Defects { get; init; }

    /// <summary>Of those, contacts without any clearance.</summary>
    public int WithoutClearance { get; init; }

    /// <summary>Contacts that only what became known afterwards speaks against: an outcome reported or a wish entered later.</summary>
    public int KnownLater { get; init; }

    /// <summary>Contacts that should not have happened.</summary>
    public IReadOnlyList<ProofItem> Violations { get; init; } = [];

    /// <summary>Contacts whose evidence is missing or wrong.</summary>
    public IReadOnlyList<ProofItem> DefectItems { get; init; } = [];

    /// <summary>Contacts that only later knowledge speaks against.</summary>
    public IReadOnlyList<ProofItem> KnownLaterItems { get; init; } = [];

    /// <summary>Contacts from before rules were kept that should not have happened.</summary>
    public IReadOnlyList<ProofItem> HistoryItems { get; init; } = [];

    /// <summary>Known violations and whether they were noticed.</summary>
    public IReadOnlyList<PlantedItem> Planted { get; init; } = [];

    /// <summary>Rules nothing could be planted for.</summary>
    public IReadOnlyList<UnplantedItem> Unplanted { get; init; } = [];
}

/// <summary>The sentence of a proof.</summary>
public static class ProofSentence
{
    /// <summary>"12,345 contacts checked, 0 violations, 12 of 12 planted found."</summary>
    public static string Of(int contacts, int violations, int planted, int found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{contacts:N0} {(contacts == 1 ? "contact" : "contacts")} checked, {violations:N0} {(violations == 1 ? "violation" : "violations")}, {found:N0} of {planted:N0} planted found."
        );

    /// <summary>Whether a finished proof proves something: every planted violation was found, and there was at least one.</summary>
    public static bool IsWorth(int planted, int found) => planted > 0 && planted == found;
}
