using System.Globalization;
using Dashboard.Data.Commands;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Imports;

/// <summary>The book of imports: one row a run, written beside the import's own transaction.</summary>
internal sealed class ImportRuns(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(2);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Days to add to every date. <c>align … to today</c> is worked out once: a later import with the same mapping name and
    /// day keeps the number of the last completed one.
    /// </summary>
    public async Task<int> ShiftDaysAsync(
        ImportMapping mapping,
        CancellationToken cancellationToken
    )
    {
        if (mapping.DateShift is not { } shift)
        {
            return 0;
        }

        if (shift.Days is { } days)
        {
            return days;
        }

        if (shift.To != "today")
        {
            return DateOnly
                    .ParseExact(shift.To!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                    .DayNumber - shift.Align!.Value.DayNumber;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var earlier = await db.Set<ImportRun>()
            .AsNoTracking()
            .Where(r =>
                r.MappingName == mapping.Name && r.Status == ImportRunStatus.Completed && !r.DryRun
            )
            .OrderByDescending(r => r.StartedAt)
            .Take(20)
            .ToListAsync(cancellationToken);
        var kept = earlier.Find(r =>
            r.Mapping.DateShift is { To: "today" } before && before.Align == shift.Align
        );
        return kept?.ShiftDays
            ?? DateOnly.FromDateTime(Now).DayNumber - shift.Align!.Value.DayNumber;
    }

    /// <summary>Opens the book on a run.</summary>
    public async Task<ImportRun> StartAsync(
        ImportRequest request,
        string header,
        int shiftDays,
        CancellationToken cancellationToken
    )
    {
        var now = Now;
        var run = new ImportRun
        {
            Id = Guid.CreateVersion7(),
            Kind = request.Kind,
            FileName = Cut(request.FileName, 255),
            MappingName = Cut(request.Mapping.Name, 100),
            Mapping = request.Mapping,
            ShiftDays = shiftDays,
            Header = header,
            DryRun = request.DryRun,
            Status = ImportRunStatus.Running,
            ActorId = request.Actor.Id,
            ActorName = request.Actor.Name,
            StartedAt = now,
            HeartbeatAt = now,
        };
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        return run;
    }

    /// <summary>Shows the run's progress to every process until cancelled.</summary>
    public async Task BeatAsync(
        Guid runId,
        Func<ImportProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(HeartbeatPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                var state = progress();
                await db.Set<ImportRun>()
                    .Where(r => r.Id == runId)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(r => r.HeartbeatAt, Now)
                                .SetProperty(r => r.Phase, state.Phase)
                                .SetProperty(r => r.Percent, state.Percent)
                                .SetProperty(r => r.RowsRead, state.RowsRead)
                                .SetProperty(r => r.RowsRejected, state.RowsRejected),
                        cancellationToken
                    );
            }
        }
        catch (OperationCanceledException)
        {
            // The run ended.
        }
    }

    /// <summary>Closes the book on a run; <paramref name="db"/> may be inside the import's transaction.</summary>
    public async Task FinishAsync(
        DashboardDb db,
        ImportRun run,
        CancellationToken cancellationToken
    )
    {
        run.FinishedAt = run.HeartbeatAt = Now;
        run.Phase = ImportPhase.Done;
        run.Percent = run.Status == ImportRunStatus.Completed ? 100 : run.Percent;
        db.Update(run);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Closes the book on a run that changed nothing.</summary>
    public async Task FinishAsync(ImportRun run)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await FinishAsync(db, run, CancellationToken.None);
    }

    /// <summary>Leaves a trace of a refused import.</summary>
    public async Task AuditRefusalAsync(ImportRequest request, string reason)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var trail = new AuditTrail(request.Actor, Now);
        trail.Add(
            "import",
            Guid.Empty,
            "refused",
            metadata: new { File = request.FileName, Reason = reason }
        );
        db.AuditLogs.AddRange(trail.Rows);
        await db.SaveChangesAsync();
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..length];
}
