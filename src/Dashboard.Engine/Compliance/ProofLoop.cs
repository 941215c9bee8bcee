using Dashboard.Data.Compliance.Proof;
using Dashboard.Engine.Loops;

namespace Dashboard.Engine.Compliance;

/// <summary>Takes up proofs that somebody asked for, and asks for one every night.</summary>
public sealed class ProofLoop(ProofRunner runner, NightlyProof nightly) : IEngineJob
{
    /// <inheritdoc />
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await nightly.AskAsync(cancellationToken);
        return await runner.RunWaitingAsync(cancellationToken);
    }
}
