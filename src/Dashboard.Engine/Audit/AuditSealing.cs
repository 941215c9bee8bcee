using Dashboard.Data.Audit;
using Dashboard.Engine.Loops;

namespace Dashboard.Engine.Audit;

/// <summary>Seals new audit rows every few seconds; of all engines the one that holds the lock.</summary>
public sealed class AuditSealing(AuditSealer sealer) : IEngineJob
{
    /// <summary>What was written within so long is not proved yet.</summary>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await sealer.SealAsync(cancellationToken: cancellationToken);
        return false;
    }

    /// <summary>What was written until the end is sealed before the process goes.</summary>
    public Task FinishAsync(CancellationToken cancellationToken) =>
        sealer.SealAsync(cancellationToken: cancellationToken);
}
