using Dashboard.Data.Compliance;

namespace Dashboard.Web.Features.Compliance.Proof;

/// <summary>A proof without its lists.</summary>
public sealed record ProofRow
{
    /// <summary>ops.proof_runs.id.</summary>
    public Guid Id { get; init; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime From { get; init; }

    /// <summary>UTC, exclusive.</summary>
    public DateTime To { get; init; }

    /// <summary>Where it stands.</summary>
    public ProofStatus Status { get; init; }

    /// <summary>Who asked.</summary>
    public string By { get; init; } = string.Empty;

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary>Contacts judged so far.</summary>
    public int Checked { get; init; }

    /// <summary>Contacts in the period.</summary>
    public int Total { get; init; }

    /// <summary>Contacts that should not have happened.</summary>
    public int Violations { get; init; }

    /// <summary>Known violations in the copy.</summary>
    public int Planted { get; init; }

    /// <summary>Those of them that were noticed.</summary>
    public int Found { get; init; }

    /// <summary>Contacts whose evidence is missing or wrong.</summary>
    public int Defects { get; init; }

    /// <summary>Contacts from before rules were kept here.</summary>
    public int History { get; init; }

    /// <summary>Contacts that only later knowledge speaks against.</summary>
    public int KnownLater { get; init; }

    /// <summary>A process is at work on it.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }
}
