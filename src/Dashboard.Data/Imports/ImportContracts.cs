using Dashboard.Data.Commands;

namespace Dashboard.Data.Imports;

/// <summary>What to import, how, and for whom.</summary>
/// <param name="Kind">What the file holds.</param>
/// <param name="Path">The file; read as a stream, of any size.</param>
/// <param name="FileName">Its name for people (an upload's own name).</param>
/// <param name="Mapping">How it becomes customers and invoices.</param>
/// <param name="Actor">Who imports; needs <see cref="Operators.Roles.CollectionsManagers"/>.</param>
/// <param name="DryRun">True: everything is checked and counted, nothing is changed.</param>
/// <param name="RejectsPath">Where to write the rejected rows as CSV; null = nowhere (they are kept in the database).</param>
public sealed record ImportRequest(
    ImportKind Kind,
    string Path,
    string FileName,
    ImportMapping Mapping,
    Actor Actor,
    bool DryRun = false,
    string? RejectsPath = null
);

/// <summary>What an import is doing.</summary>
public enum ImportPhase
{
    /// <summary>Reading and checking rows; <see cref="ImportProgress.BytesRead"/> moves.</summary>
    Reading,

    /// <summary>Comparing with each other and with what is there.</summary>
    Checking,

    /// <summary>Writing customers and invoices.</summary>
    Writing,

    /// <summary>Finished.</summary>
    Done,
}

/// <summary>How far an import got.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="RowsRead">Rows read, the header not counted.</param>
/// <param name="RowsRejected">Of them, rejected.</param>
/// <param name="BytesRead">Bytes read of the file.</param>
/// <param name="BytesTotal">Bytes of the file.</param>
public sealed record ImportProgress(
    ImportPhase Phase,
    long RowsRead,
    long RowsRejected,
    long BytesRead,
    long BytesTotal
)
{
    /// <summary>Rows accepted so far.</summary>
    public long RowsAccepted => RowsRead - RowsRejected;

    /// <summary>0 to 100; reading is nine tenths of it.</summary>
    public int Percent =>
        Phase switch
        {
            ImportPhase.Done => 100,
            ImportPhase.Writing => 95,
            ImportPhase.Checking => 90,
            _ => BytesTotal == 0 ? 0 : (int)(BytesRead * 90 / BytesTotal),
        };
}

/// <summary>What came of an import.</summary>
/// <param name="RunId">Key of the run in <c>ops.import_runs</c>; its rejected rows hang on it.</param>
/// <param name="DryRun">True when nothing was changed.</param>
/// <param name="RowsRead">Rows of the file, the header not counted.</param>
/// <param name="RowsRejected">Rows not imported; each with a reason.</param>
/// <param name="CustomersCreated">New customers.</param>
/// <param name="CustomersUpdated">Customers of which a column or the profile changed.</param>
/// <param name="PaymentsCreated">New invoices.</param>
/// <param name="PaymentsUpdated">Invoices of which a column changed.</param>
/// <param name="ShiftDays">Days that were added to every date.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="FirstRejections">The first 100 rejected rows.</param>
public sealed record ImportReport(
    Guid RunId,
    bool DryRun,
    long RowsRead,
    long RowsRejected,
    long CustomersCreated,
    long CustomersUpdated,
    long PaymentsCreated,
    long PaymentsUpdated,
    int ShiftDays,
    TimeSpan Elapsed,
    IReadOnlyList<RejectedRow> FirstRejections
)
{
    /// <summary>Rows imported (or, in a dry run, fit to be).</summary>
    public long RowsAccepted => RowsRead - RowsRejected;

    /// <summary>Rows that changed something in the database.</summary>
    public long RowsChanged =>
        CustomersCreated + CustomersUpdated + PaymentsCreated + PaymentsUpdated;
}

/// <summary>A row that was not imported.</summary>
/// <param name="Line">The line of the file it begins on; the header is line 1.</param>
/// <param name="Column">The columns at fault, by their headers.</param>
/// <param name="Reason">What is wrong and what to do.</param>
/// <param name="Raw">The row as it stands in the file.</param>
public sealed record RejectedRow(long Line, string Column, string Reason, string Raw);
