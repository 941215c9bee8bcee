using System.Data;
using Dashboard.Data.Hosting;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Npgsql;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>
/// Replays a past period against a draft. It only reads, in one snapshot, and takes no lock that anybody waits for; one at a time
/// in a process, the others in the order of arrival.
/// </summary>
public sealed class BacktestRunner(ReadDatabase database, TimeProvider time) : IDisposable
{
    // A sort of a million contacts goes to disk beyond this; parallel workers would take the dispatcher's core; a cursor is
    // planned for its first rows otherwise; compiling costs more than it saves.
    private const string Modest = """
        SET TRANSACTION READ ONLY;
        SET LOCAL work_mem = '32MB';
        SET LOCAL max_parallel_workers_per_gather = 0;
        SET LOCAL cursor_tuple_fraction = 1;
        SET LOCAL jit = off;
        """;

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

        progress?.Report(
            new BacktestProgress(BacktestPhase.Queued, 0, 0, 0, Interlocked.Increment(ref _waiting))
        );
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
        await using var connection = await database.DataSource.OpenConnectionAsync(
            cancellationToken
        );
        await using var snapshot = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        await using (var settings = new NpgsqlCommand(Modest, connection))
        {
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        var reads = new BacktestReads(connection);
        var events = new PastEvents(connection);
        var rule = request.Draft.RuleId ?? Guid.Empty;
        var trials = new RuleTrials(
            request.Draft,
            request.Draft.RuleId is null ? [] : await reads.VersionsAsync(rule, cancellationToken),
            await reads.AllowancesAsync(rule, cancellationToken)
        );
        var total = await events.CountAsync(request.From, request.To, cancellationToken);
        progress?.Report(new BacktestProgress(BacktestPhase.Gathering, 0, total, 0));
        await events.OpenAsync(
            request.From - trials.LookBack,
            request.From,
            request.To,
            rule,
            trials.ReplacesOptOut,
            cancellationToken
        );
        var run = new BacktestRun(request, trials, events, reads);
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
        return await ReportAsync(request, trials, run.Tally, reads, start, cancellationToken);
    }

    private async Task<BacktestReport> ReportAsync(
        BacktestRequest request,
        RuleTrials trials,
        BacktestTally tally,
        BacktestReads reads,
        long start,
        CancellationToken cancellationToken
    )
    {
        var examples = tally.Examples.ToList();
        var names = await reads.CustomersAsync(
            examples.Select(e => e.What.Event.CustomerId),
            cancellationToken
        );
        var (campaigns, rest) = tally.Campaigns();
        return new BacktestReport(
            request.From,
            request.To,
            time.GetUtcNow().UtcDateTime,
            request.Draft.Name,
            trials.JudgedAsOff,
            trials.VersionsIn(request.From, request.To),
            trials.VersionsFrom > request.From ? trials.VersionsFrom : null,
            tally.Total,
            tally.Channels,
            campaigns,
            rest,
            tally.MedianWaitHours(),
            [.. examples.Select(e => Example(e.What, e.Campaign, names))],
            Math.Round(time.GetElapsedTime(start).TotalSeconds, 2)
        );
    }

    private static BacktestExample Example(
        Replayed what,
        string campaign,
        Dictionary<Guid, string> names
    ) =>
        new(
            what.Change!.Value,
            what.Event.CustomerId,
            names.GetValueOrDefault(what.Event.CustomerId, string.Empty),
            what.Event.TaskId,
            what.Event.Kind == PastEventKind.Attempt ? what.Event.Id : null,
            what.Event.Channel,
            campaign.Length == 0 ? null : campaign,
            what.Event.At,
            what.Timezone,
            what.Event.Status,
            what.Before is { } before ? $"{before.Verdict.ToText()}: {before.Explanation}" : null,
            what.Now?.Verdict ?? GateVerdict.Allowed,
            what.Now?.Explanation ?? "The rule has nothing against it.",
            what.Now?.NextAllowedAt
        );
}
