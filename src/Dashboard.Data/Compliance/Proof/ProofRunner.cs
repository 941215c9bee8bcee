using Dashboard.Data.Commands;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>
/// Carries out proofs. One at a time over all processes: whoever holds the advisory lock works; a run that somebody took up
/// and whose lock is free was left by a process that died.
/// </summary>
public sealed class ProofRunner(
    NpgsqlDataSource source,
    CommandRunner commands,
    IDbContextFactory<DashboardDb> contexts,
    TimeProvider time,
    ILogger<ProofRunner> log
)
{
    // Any number that nothing else on the database locks.
    private const long LockKey = 7102317;

    private static readonly TimeSpan s_progressEvery = TimeSpan.FromMilliseconds(500);

    private readonly string _worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Takes up the run that waits, if there is one and no other process is at work; true when it did something.</summary>
    public async Task<bool> RunWaitingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (
            !await AnyRunningAsync(connection, cancellationToken)
            || !await LockAsync(connection, cancellationToken)
        )
        {
            return false;
        }

        try
        {
            await FailAbandonedAsync(connection, cancellationToken);
            if (await TakeAsync(connection, cancellationToken) is not { } run)
            {
                return false;
            }

            await CarryOutAsync(run.Id, run.From, run.To, cancellationToken);
            return true;
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    /// <summary>Asks for a proof and carries it out in this process: for the command line.</summary>
    /// <returns>The finished run, or why there is none.</returns>
    public async Task<Result<ProofRun>> ProveAsync(
        DateTime from,
        DateTime to,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        {
            if (await LockAsync(connection, cancellationToken))
            {
                await FailAbandonedAsync(connection, cancellationToken);
                await UnlockAsync(connection);
            }
        }

        var started = await commands.RunAsync(new StartProof(from, to), actor, cancellationToken);
        if (started.Error is { } refusal)
        {
            return refusal;
        }

        ProofRun? run;
        do
        {
            // An engine may have been quicker to take it up: then it is waited for.
            await RunWaitingAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            run = await db.Set<ProofRun>()
                .AsNoTracking()
                .SingleOrDefaultAsync(r => r.Id == started.Value, cancellationToken);
            if (run?.Status == ProofStatus.Running)
            {
                await Task.Delay(s_progressEvery, time, cancellationToken);
            }
        } while (run?.Status == ProofStatus.Running);

        return run is null ? Error.NotFound("The run was deleted while it ran.") : run;
    }

    private async Task CarryOutAsync(
        Guid id,
        DateTime from,
        DateTime to,
        CancellationToken cancellationToken
    )
    {
        var work = new ProofWork(source, from, to, _worker);
        try
        {
            var last = time.GetTimestamp();
            var finished = await work.RunAsync(
                async () =>
                {
                    if (time.GetElapsedTime(last) < s_progressEvery && work.Checked > 0)
                    {
                        return true;
                    }

                    last = time.GetTimestamp();
                    return await WriteAsync(id, work, null, null, cancellationToken);
                },
                cancellationToken
            );
            if (finished)
            {
                await WriteAsync(id, work, ProofStatus.Done, null, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            const string Stopped = "The program was stopped while it ran; start it again.";
            await WriteAsync(id, work, ProofStatus.Failed, Stopped, CancellationToken.None);
            throw;
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Proof {Id} failed.", id);
            await WriteAsync(id, work, ProofStatus.Failed, failure.Message, CancellationToken.None);
        }
    }

    /// <summary>False when the run is not running any more: an operator stopped it.</summary>
    private async Task<bool> WriteAsync(
        Guid id,
        ProofWork work,
        ProofStatus? end,
        string? failure,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            UPDATE ops.proof_runs
            SET contacts_checked = $2, violations = $3, planted = $4, planted_found = $5, report = $6,
                status = coalesce($7, status), finished_at = CASE WHEN $7 IS NULL THEN NULL ELSE $8 END, failure = $9
            WHERE id = $1 AND status = 'running'
            """
        );
        var planted = work.Report.Planted;
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(work.Checked);
        command.Parameters.AddWithValue(work.Violations);
        command.Parameters.AddWithValue(planted.Count);
        command.Parameters.AddWithValue(planted.Count(p => p.Found));
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonShape.Write(work.Report));
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)end?.ToText() ?? DBNull.Value);
        command.Parameters.Add(RecordLoader.At(time.GetUtcNow().UtcDateTime));
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)failure ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private async Task FailAbandonedAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE ops.proof_runs SET status = 'failed', finished_at = $1,
                failure = 'The process that ran it ended before it was finished; start it again.'
            WHERE status = 'running' AND report ->> 'worker' IS NOT NULL
            """,
            connection
        );
        command.Parameters.Add(RecordLoader.At(time.GetUtcNow().UtcDateTime));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(Guid Id, DateTime From, DateTime To)?> TakeAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT id, period_from, period_to FROM ops.proof_runs WHERE status = 'running' ORDER BY started_at LIMIT 1",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (
                reader.GetGuid(0),
                RecordLoader.Utc(reader, 1)!.Value,
                RecordLoader.Utc(reader, 2)!.Value
            )
            : null;
    }

    private static async Task<bool> AnyRunningAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM ops.proof_runs WHERE status = 'running')",
            connection
        );
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<bool> LockAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"SELECT pg_try_advisory_lock({LockKey})",
            connection
        );
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT pg_advisory_unlock({LockKey})",
            connection
        );
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
