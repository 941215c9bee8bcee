using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Engine.Loops;

/// <summary>Something that works off what it finds.</summary>
public interface IEngineJob
{
    /// <summary>How long to wait when a run found nothing to do.</summary>
    TimeSpan Interval { get; }

    /// <summary>Works off one batch; true when there may be more at once.</summary>
    Task<bool> RunAsync(CancellationToken cancellationToken);

    /// <summary>Called once when the process stops, before <paramref name="cancellationToken"/> ends its patience.</summary>
    Task FinishAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>
/// Ticks a job for as long as the process lives. A tick that throws is logged and the loop goes on; while there is work it
/// runs again at once.
/// </summary>
public sealed class EngineLoop<TJob>(TJob job, TimeProvider time, ILogger<EngineLoop<TJob>> logger)
    : BackgroundService
    where TJob : IEngineJob
{
    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await job.FinishAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Give the host its thread back: the first batch must not delay the start of the others.
        await Task.Yield();
        using var timer = new PeriodicTimer(job.Interval, time);
        try
        {
            do
            {
                await WorkOffAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; whatever is in hand is rediscovered from the database.
        }
    }

    private async Task WorkOffAsync(CancellationToken stoppingToken)
    {
        bool more;
        do
        {
            more = await TickAsync(stoppingToken);
        } while (more);
    }

    private async Task<bool> TickAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await job.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "{Job} failed; it tries again.", typeof(TJob).Name);
            return false;
        }
    }
}
