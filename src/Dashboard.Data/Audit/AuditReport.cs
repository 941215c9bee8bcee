namespace Dashboard.Data.Audit;

/// <summary>What is wrong at one place of the audit log.</summary>
public enum AuditFaultKind
{
    /// <summary>A sealed row is not what it was.</summary>
    Changed,

    /// <summary>A sealed row is gone.</summary>
    Removed,

    /// <summary>A row that should have been sealed long ago if the product had written it.</summary>
    Inserted,

    /// <summary>A seal, or its list of rows, was changed, removed or added.</summary>
    Seal,

    /// <summary>The chain does not hold a seal that was seen before: its end was cut off, or all of it replaced.</summary>
    Head,

    /// <summary>What keeps the table append-only is missing.</summary>
    Guard,
}

/// <summary>One fault.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A sentence that names the row and the seal.</param>
/// <param name="At">Where in time it belongs: the row's own time, or its seal's; UTC.</param>
/// <param name="Seal">The seal concerned.</param>
/// <param name="RowId">The audit row concerned.</param>
/// <param name="EntityType">What the row is about, when it is still there.</param>
/// <param name="EntityId">As <paramref name="EntityType"/>.</param>
public sealed record AuditFault(
    AuditFaultKind Kind,
    string Text,
    DateTime? At = null,
    long? Seal = null,
    Guid? RowId = null,
    string? EntityType = null,
    Guid? EntityId = null
);

/// <summary>How far a check is.</summary>
/// <param name="Rows">Sealed rows checked.</param>
/// <param name="Seal">The seal it is at.</param>
/// <param name="LastSeal">The newest seal.</param>
public sealed record AuditProgress(long Rows, long Seal, long LastSeal);

/// <summary>What a check found.</summary>
public sealed record AuditReport
{
    /// <summary>When it began, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Seals checked.</summary>
    public required long Seals { get; init; }

    /// <summary>Sealed rows checked.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows too young to be sealed: nothing is proved of them yet.</summary>
    public required long Waiting { get; init; }

    /// <summary>Until when everything is sealed, UTC; null before the first seal.</summary>
    public required DateTime? SealedUpTo { get; init; }

    /// <summary>The end of the chain, to be kept outside the database.</summary>
    public required AuditHead? Head { get; init; }

    /// <summary>The head kept on this machine that the chain was compared with; null when none was.</summary>
    public required AuditHead? Compared { get; init; }

    /// <summary>How many faults of each kind.</summary>
    public required IReadOnlyDictionary<AuditFaultKind, long> Counts { get; init; }

    /// <summary>The earliest faults, at most <see cref="AuditVerifier.FaultsKept"/>, in the order of time.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init; }

    /// <summary>The earliest fault.</summary>
    public AuditFault? First => Faults.Count > 0 ? Faults[0] : null;

    /// <summary>True when nothing is wrong.</summary>
    public bool IsUnbroken => Faults.Count == 0;
}
