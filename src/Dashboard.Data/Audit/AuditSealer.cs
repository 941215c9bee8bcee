using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dashboard.Data.Audit;

/// <summary>What a run of the sealer came to.</summary>
/// <param name="Rows">Rows sealed now.</param>
/// <param name="Head">The newest seal; null when another process is at it.</param>
/// <param name="Refused">Why nothing is sealed, in a sentence; null normally.</param>
public sealed record SealReport(long Rows, AuditHead? Head, string? Refused = null);

/// <summary>
/// Seals the rows that came since the last seal (docs/audit-log.md says why none can be missed). Any number of processes may
/// run it: an advisory lock lets one at a time, and the seal's number is a key. Reads only; nothing is added to the write path.
/// </summary>
public sealed class AuditSealer(
    NpgsqlDataSource source,
    AuditKey key,
    AuditHeadFile heads,
    TimeProvider time,
    ILogger<AuditSealer> log
)
{
    /// <summary>A seal holds at most so many rows; a run makes as many seals as it needs.</summary>
    public const int RowsPerSeal = 10_000;

    /// <summary>A seal without rows is made after so long: it narrows what a back-dated row can claim.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    private AuditHead? _known;
    private string? _refused;

    /// <summary>Seals what is there.</summary>
    /// <param name="afterBreak">Goes on although the end of the chain is not the one that was left: the break stays on record.</param>
    /// <param name="adopt">Rows to seal whatever their time says; for data that is loaded with its own history.</param>
    /// <param name="cancellationToken">Stops; nothing of an unfinished run is kept.</param>
    public async Task<SealReport> SealAsync(
        bool afterBreak = false,
        IReadOnlyCollection<Guid>? adopt = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await AuditChain.BeginAsync(
                connection,
                cancellationToken
            );
            if (!await AuditSealRun.TakeTurnAsync(connection, cancellationToken))
            {
                return new SealReport(0, null);
            }

            var database = await AuditChain.NameAsync(connection, cancellationToken);
            using var hashes = new AuditHashes(key);
            var run = await AuditSealRun.BeginAsync(
                connection,
                hashes,
                time.GetUtcNow().UtcDateTime,
                cancellationToken
            );
            if (!afterBreak && await BreakAsync(run, database, cancellationToken) is { } broken)
            {
                return Refuse(broken);
            }

            var rows = await run.SealAsync(adopt, LongestSilence, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Keep(database, run.Head, afterBreak);
            return new SealReport(rows, run.Head);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another process sealed between our snapshot and our lock.
            return new SealReport(0, null);
        }
    }

    /// <summary>The end of the chain must be what this process or this machine left, and must be made with this key.</summary>
    private async Task<string?> BreakAsync(
        AuditSealRun run,
        string database,
        CancellationToken cancellationToken
    )
    {
        foreach (var seen in new[] { _known, _known is null ? heads.Last(database) : null })
        {
            if (seen is not null && !await run.HoldsAsync(seen, cancellationToken))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Seal {seen.Number} of the audit log is gone or is not the one that was made. Nothing is sealed until somebody has looked: run 'audit verify'."
                );
            }
        }

        return run.Head == _known || await run.IsGenuineAsync(cancellationToken)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Seal {run.Head!.Number} of the audit log was changed, or made with another key than this installation's ('audit verify' tells). All machines need the same Dashboard__Secret."
            );
    }

    private SealReport Refuse(string reason)
    {
        if (_refused != reason)
        {
            _refused = reason;
            log.LogCritical("{Reason}", reason);
        }

        return new SealReport(0, _known, reason);
    }

    private void Keep(string database, AuditHead? head, bool always)
    {
        _refused = null;
        if (head is null || head == _known)
        {
            return;
        }

        _known = head;
        try
        {
            heads.Keep(database, head, time.GetUtcNow().UtcDateTime, always);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(problem, "The head of the audit log could not be kept on this machine.");
        }
    }
}
