using System.Collections.Concurrent;
using Dashboard.Data.Imports;
using Dashboard.Domain.Results;

namespace Dashboard.Web.Features.Imports;

/// <summary>One import at work in this process.</summary>
internal sealed class ImportJob(CancellationTokenSource stop) : IProgress<ImportProgress>
{
    /// <summary>Names it until its run has a key.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>How far it is.</summary>
    public ImportProgress Progress { get; private set; } = new(ImportPhase.Reading, 0, 0, 0, 1);

    /// <summary>What came of it; null while it is at work.</summary>
    public Result<ImportReport>? Outcome { get; set; }

    /// <summary>True once a person has stopped it.</summary>
    public bool Stopping => stop.IsCancellationRequested;

    /// <summary>Stops it; nothing is written.</summary>
    public void Stop() => stop.Cancel();

    void IProgress<ImportProgress>.Report(ImportProgress value) => Progress = value;
}

/// <summary>Runs imports beside the pages: one may leave the page and come back.</summary>
internal sealed class ImportJobs(
    ImportRunner runner,
    IHostApplicationLifetime host,
    ILogger<ImportJobs> log
)
{
    private readonly ConcurrentDictionary<Guid, ImportJob> _jobs = new();

    /// <summary>A job of this process; null when it is unknown here.</summary>
    public ImportJob? Find(Guid id) => _jobs.GetValueOrDefault(id);

    /// <summary>Starts one and returns at once.</summary>
    public ImportJob Start(ImportRequest request)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
        var job = new ImportJob(stop);
        _jobs[job.Id] = job;
        _ = Task.Run(() => RunAsync(job, request, stop), CancellationToken.None);
        return job;
    }

    private async Task RunAsync(ImportJob job, ImportRequest request, CancellationTokenSource stop)
    {
        try
        {
            job.Outcome = await runner.RunAsync(request, job, stop.Token);
        }
        catch (OperationCanceledException)
        {
            job.Outcome = new Error("cancelled", "The import was stopped. Nothing was written.");
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Import of {File} failed", request.FileName);
            job.Outcome = new Error(
                "failed",
                $"The import failed and nothing was written: {failure.Message}"
            );
        }
        finally
        {
            stop.Dispose();
        }
    }
}
