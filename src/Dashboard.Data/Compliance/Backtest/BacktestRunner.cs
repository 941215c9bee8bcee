using Dashboard.Data.Hosting;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Results;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>
/// Replays a past period against a draft. It only reads, in one snapshot, and takes no lock that anybody waits for; one at a time
/// in a process, the others in the order of arrival.
/// </summary>
public sealed class BacktestRunner(ReadDatabase database, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;

    /// <summary>
    /// Runs one. A refusal is <c>invalid</c> with the field at fault (<c>from</c>, <c>to</c> or a field of the draft).
    /// </summary>
    /// <param name="request">What to replay.</param>
    /// <param name="progress">Hears it after each block of contacts; null = nobody listens.</param>
    /// <param name="cancellationToken">Ends it, on the server too, with <see cref="OperationCanceledException"/>.</param>
    public async Task<Result<BacktestReport>> RunAsync(
        BacktestRequest request,
        IProgress<BacktestProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (Check(request) is { } fault)
        {
            return fault;
        }

        await WaitAsync(progress, cancellationToken);
        try
        {
            // Judging a block keeps a core busy for a while; whoever asked has a screen to draw.
            return await Task.Run(
                () => ReplayAsync(request, progress, cancellationToken),
                cancellationToken
            );
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private static Error? Check(BacktestRequest request)
    {
        if (RuleSet.Check(request.Draft.ToRule()) is [{ } fault, ..])
        {
            return fault;
        }

        if (request.To <= request.From)
        {
            return Error.Invalid(
                "to",
                "The period ends before it begins: choose an end after its beginning."
            );
        }

        return request.To - request.From > BacktestRequest.LongestPeriod
                ? Error.Invalid(
                    "from",
                    "The period is longer than three years: choose a shorter one."
                )
            : request.ExamplesPerChange is < 0 or > 50
                ? Error.Invalid("examples_per_change", "examples_per_change must be from 0 to 50.")
            : null;
    }

    // SemaphoreSlim serves those that wait in the order in which they came.
    private async Task WaitAsync(
        IProgress<BacktestProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var turn = _turn.WaitAsync(cancellationToken);
        if (turn.IsCompletedSuccessfully)
        {
            return;
        }

        var ahead = Interlocked.Increment(ref _waiting);
        progress?.Report(new BacktestProgress(BacktestPhase.Queued, 0, 0, 0, ahead));
        try
        {
            await turn;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<Result<BacktestReport>> ReplayAsync(
        BacktestRequest request,
        IProgress<BacktestProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var start = time.GetTimestamp();
        progress?.Report(new BacktestProgress(BacktestPhase.Gathering, 0, 0, 0));
        await using var snapshot = await BacktestSnapshot.OpenAsync(
            database.DataSource,
            cancellationToken
        );
        var trials = await TrialsAsync(request.Draft, snapshot.Reads, cancellationToken);
        var (from, to) = (request.From, request.To);
        var total = await snapshot.Events.CountAsync(from, to, cancellationToken);
        progress?.Report(new BacktestProgress(BacktestPhase.Gathering, 0, total, 0));
        await snapshot.Events.OpenAsync(trials, from, to, cancellationToken);
        var run = new BacktestRun(request, trials, snapshot);
        var replaying = time.GetTimestamp();
        await run.ReplayAsync(
            done =>
                progress?.Report(
                    new BacktestProgress(
                        BacktestPhase.Replaying,
                        done,
                        total,
                        done / Math.Max(0.001, time.GetElapsedTime(replaying).TotalSeconds)
                    )
                ),
            cancellationToken
        );
        return await run.ReportAsync(
            time.GetUtcNow().UtcDateTime,
            () => time.GetElapsedTime(start),
            cancellationToken
        );
    }

    private static async Task<RuleTrials> TrialsAsync(
        RuleDraft draft,
        BacktestReads reads,
        CancellationToken cancellationToken
    ) =>
        new(
            draft,
            draft.RuleId is { } rule ? await reads.VersionsAsync(rule, cancellationToken) : [],
            await reads.AllowancesAsync(draft.RuleId ?? Guid.Empty, cancellationToken)
        );
}
