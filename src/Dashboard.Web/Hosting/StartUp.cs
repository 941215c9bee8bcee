namespace Dashboard.Web.Hosting;

/// <summary>What happens once, before requests are answered.</summary>
public sealed class StartUp(ILogger<StartUp> log)
{
    /// <summary>Runs the steps in order.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        log.LogDebug("Start-up is done");
        return Task.CompletedTask;
    }
}
