using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>What an import of opt-outs did, or would do.</summary>
/// <param name="Added">New wishes.</param>
/// <param name="Changed">Wishes that hold longer, or say more, than before.</param>
/// <param name="Unchanged">Rows that an earlier wish covers.</param>
/// <param name="Faults">Rows left out.</param>
/// <param name="Cancelled">Tasks cancelled.</param>
/// <param name="Waiting">Tasks that wait until a temporary wish ends.</param>
/// <param name="InFlight">Contacts that were on their way already.</param>
public sealed record OptOutImportResult(
    int Added,
    int Changed,
    int Unchanged,
    IReadOnlyList<OptOutFileFault> Faults,
    int Cancelled = 0,
    int Waiting = 0,
    int InFlight = 0
);

/// <summary>
/// Records the opt-outs of a file in one transaction: all rows that can be taken, or none. A wish that holds already is left as
/// it is, so the same file twice changes nothing; nothing is ever shortened.
/// </summary>
/// <param name="Rows">Rows of <see cref="OptOutFile"/>, at most <see cref="OptOutFile.MostRows"/>.</param>
public sealed record ImportOptOuts(IReadOnlyList<OptOutFileRow> Rows) : ICommand<OptOutImportResult>
{
    /// <inheritdoc />
    public string AllowedRoles => $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}";

    /// <inheritdoc />
    public CommandTarget Target => new("opt_out", Guid.Empty, "imported");

    /// <inheritdoc />
    public async Task<Result<OptOutImportResult>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Rows.Count > OptOutFile.MostRows)
        {
            return Error.Invalid(nameof(Rows), $"At most {OptOutFile.MostRows:N0} rows at once.");
        }

        var (wishes, faults) = await MatchAsync(context.Db, context.Now, cancellationToken);
        var before = await CoveredAsync(context.Db, wishes, context.Now, cancellationToken);
        var fresh = wishes.Where(w => !Covers(before, w)).ToList();
        var added = fresh
            .Select(w => (w.CustomerId, w.Channel))
            .Distinct()
            .Count(k => !before.ContainsKey(k));
        if (fresh.Count == 0)
        {
            return new OptOutImportResult(0, 0, wishes.Count, faults);
        }

        var recorded = await OptOutBook.RecordAsync(
            context,
            fresh,
            "The customer opted out.",
            cancellationToken
        );
        var receipts = recorded.DistinctBy(r => r.Row).Select(r => r.Receipt).ToList();
        return new OptOutImportResult(
            added,
            fresh.Count - added,
            wishes.Count - fresh.Count,
            faults,
            receipts.Sum(r => r.CancelledCount),
            receipts.Sum(r => r.WaitingCount),
            receipts.SelectMany(r => r.InFlight).Select(f => f.AttemptId).Distinct().Count()
        );
    }

    /// <summary>What the command would do; writes nothing.</summary>
    public async Task<OptOutImportResult> CheckAsync(
        DashboardDb db,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var (wishes, faults) = await MatchAsync(db, now, cancellationToken);
        var before = await CoveredAsync(db, wishes, now, cancellationToken);
        var fresh = wishes.Where(w => !Covers(before, w)).ToList();
        var added = fresh
            .Select(w => (w.CustomerId, w.Channel))
            .Distinct()
            .Count(k => !before.ContainsKey(k));
        return new OptOutImportResult(
            added,
            fresh.Count - added,
            wishes.Count - fresh.Count,
            faults
        );
    }

    private async Task<(List<Wish> Wishes, List<OptOutFileFault> Faults)> MatchAsync(
        DashboardDb db,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var matching = await OptOutMatching.LoadAsync(db, Rows, cancellationToken);
        var wishes = new List<Wish>(Rows.Count);
        var faults = new List<OptOutFileFault>();
        foreach (var row in Rows)
        {
            var (wish, fault) = matching.Match(row, now);
            if (wish is not null)
            {
                wishes.Add(wish);
            }
            else
            {
                faults.Add(fault!);
            }
        }

        return (wishes, faults);
    }

    /// <summary>Ends of the wishes that hold now; null = for good.</summary>
    private static async Task<
        Dictionary<(Guid CustomerId, OptOutChannel Channel), DateTime?>
    > CoveredAsync(
        DashboardDb db,
        List<Wish> wishes,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var customers = wishes.Select(w => w.CustomerId).Distinct().ToList();
        var rows = await db
            .OptOuts.AsNoTracking()
            .Where(o => customers.Contains(o.CustomerId))
            .Where(o => o.ExpiresAt == null || o.ExpiresAt > now)
            .ToListAsync(cancellationToken);
        // What is only held until a text has been read is no wish yet.
        return rows.Where(o => o.Metadata?.Hold is null)
            .ToDictionary(o => (o.CustomerId, o.Channel), o => o.ExpiresAt);
    }

    private static bool Covers(
        Dictionary<(Guid CustomerId, OptOutChannel Channel), DateTime?> before,
        Wish wish
    ) =>
        before.TryGetValue((wish.CustomerId, wish.Channel), out var held)
        && (held is null || (wish.ExpiresAt is not null && held >= wish.ExpiresAt));
}
