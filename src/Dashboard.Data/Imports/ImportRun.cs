namespace Dashboard.Data.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportRunStatus
{
    /// <summary>At work; a heartbeat older than a minute means its process died and nothing was written.</summary>
    Running,

    /// <summary>Committed (or, for a dry run, fully checked).</summary>
    Completed,

    /// <summary>Stopped by a fault; nothing was written.</summary>
    Failed,

    /// <summary>Stopped by a person; nothing was written.</summary>
    Cancelled,
}

/// <summary>One import of one file (ops.import_runs).</summary>
public sealed class ImportRun
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>What the file holds.</summary>
    public ImportKind Kind { get; set; }

    /// <summary>The file's name, at most 255 characters.</summary>
    public string FileName { get; set; } = string.Empty;

    /// <summary>Name of the mapping, at most 100 characters.</summary>
    public string MappingName { get; set; } = string.Empty;

    /// <summary>The whole mapping as it was used.</summary>
    public ImportMapping Mapping { get; set; } = new();

    /// <summary>Days added to every date.</summary>
    public int ShiftDays { get; set; }

    /// <summary>The file's header as it stands there.</summary>
    public string Header { get; set; } = string.Empty;

    /// <summary>True: nothing was to be changed.</summary>
    public bool DryRun { get; set; }

    /// <summary>Where it stands.</summary>
    public ImportRunStatus Status { get; set; }

    /// <summary>What it is doing while it runs.</summary>
    public ImportPhase Phase { get; set; }

    /// <summary>0 to 100.</summary>
    public int Percent { get; set; }

    /// <summary>Who imported: user id, or <c>import</c> for the command line.</summary>
    public string ActorId { get; set; } = string.Empty;

    /// <summary>Name on screen.</summary>
    public string ActorName { get; set; } = string.Empty;

    /// <summary>Rows of the file, the header not counted.</summary>
    public long RowsRead { get; set; }

    /// <summary>Rows not imported.</summary>
    public long RowsRejected { get; set; }

    /// <summary>New customers.</summary>
    public long CustomersCreated { get; set; }

    /// <summary>Changed customers.</summary>
    public long CustomersUpdated { get; set; }

    /// <summary>New invoices.</summary>
    public long PaymentsCreated { get; set; }

    /// <summary>Changed invoices.</summary>
    public long PaymentsUpdated { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; set; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>UTC; the last sign of life.</summary>
    public DateTime HeartbeatAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? FinishedAt { get; set; }
}

/// <summary>One rejected row of one import (ops.import_rejections).</summary>
public sealed class ImportRejection
{
    /// <summary>The import.</summary>
    public Guid RunId { get; set; }

    /// <summary>The line the row begins on.</summary>
    public long Line { get; set; }

    /// <summary>The columns at fault.</summary>
    public string ColumnName { get; set; } = string.Empty;

    /// <summary>What is wrong and what to do.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>The row as it stands in the file.</summary>
    public string Raw { get; set; } = string.Empty;
}

/// <summary>A mapping kept under a name (ops.import_mappings).</summary>
public sealed class SavedMapping
{
    /// <summary>Key, at most 100 characters.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What its files hold.</summary>
    public ImportKind Kind { get; set; }

    /// <summary>The document.</summary>
    public ImportMapping Mapping { get; set; } = new();

    /// <summary>UTC.</summary>
    public DateTime SavedAt { get; set; }
}
