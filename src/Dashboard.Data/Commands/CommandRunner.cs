using Dashboard.Data.Compliance;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.Options;

namespace Dashboard.Data.Commands;

/// <summary>
/// The one door for changes: authorize → transaction → run → audit rows in the same transaction → commit.
/// Expected refusals come back as <see cref="Error"/> and are audited; bugs and a broken database throw.
/// </summary>
/// <param name="contexts">One context a try.</param>
/// <param name="time">The clock.</param>
/// <param name="compliance">Settings that commands obey; null = the defaults.</param>
public sealed class CommandRunner(
    IDbContextFactory<DashboardDb> contexts,
    TimeProvider time,
    IOptionsMonitor<ComplianceOptions>? compliance = null
)
{
    private const int MostTries = 4;

    /// <summary>Runs <paramref name="command"/> for <paramref name="actor"/>.</summary>
    /// <returns>
    /// The command's result, or: <c>forbidden</c> (no allowed role), <c>conflict</c> (changed meanwhile, with what
    /// changed), <c>already_exists</c>, <c>missing_reference</c>, <c>invalid</c>, or the command's own refusal.
    /// </returns>
    public async Task<Result<T>> RunAsync<T>(
        ICommand<T> command,
        Actor actor,
        CancellationToken cancellationToken = default
    )
    {
        var result = actor.HasAnyRole(command.AllowedRoles)
            ? await TryAsync(command, actor, cancellationToken)
            : Forbidden(command.AllowedRoles);
        if (result.Error is { } refusal)
        {
            await AuditRefusalAsync(command, actor, refusal);
        }

        return result;
    }

    private async Task<Result<T>> TryAsync<T>(
        ICommand<T> command,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var attempt = 0;
        while (true)
        {
            attempt++;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var now = time.GetUtcNow().UtcDateTime;
            var context = new CommandContext(db, actor, now, new AuditTrail(actor, now))
            {
                Time = time,
                Compliance = compliance?.CurrentValue ?? new ComplianceOptions(),
            };
            try
            {
                return await RunOnceAsync(command, context, cancellationToken);
            }
            catch (DbUpdateConcurrencyException conflict)
            {
                var entry = conflict.Entries.Count > 0 ? conflict.Entries[0] : null;
                if (entry is null || !MayRetry(entry, context, attempt))
                {
                    return entry is null
                        ? Error.Conflict("The row was changed meanwhile. Reload and try again.")
                        : await ConflictReport.DescribeAsync(entry, cancellationToken);
                }
            }
            catch (Exception failure) when (DatabaseRefusal.IsTransient(failure))
            {
                if (attempt == MostTries)
                {
                    return DatabaseRefusal.Explain(failure, db.Model)!;
                }
            }
            catch (Exception failure)
                when (DatabaseRefusal.Explain(failure, db.Model) is { } explained)
            {
                return explained;
            }

            await PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>A row that changed between reading and saving is read again, unless the operator named the version seen.</summary>
    private static bool MayRetry(EntityEntry entry, CommandContext context, int attempt) =>
        attempt < MostTries && !context.IsExpected(entry.Entity);

    private static async Task<Result<T>> RunOnceAsync<T>(
        ICommand<T> command,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var db = context.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        using var capture = new ChangeCapture(db);
        var result = await command.RunAsync(context, cancellationToken);
        if (!result.Succeeded)
        {
            await transaction.RollbackAsync(cancellationToken);
            return result;
        }

        context.Audit.Merge(capture.TakeAll());
        db.AuditLogs.AddRange(context.Audit.Rows);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>In a transaction of its own, and also when the caller is gone: a refusal must leave its trace.</summary>
    private async Task AuditRefusalAsync<T>(ICommand<T> command, Actor actor, Error refusal)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var trail = new AuditTrail(actor, time.GetUtcNow().UtcDateTime);
        var target = command.Target;
        trail.Add(
            target.EntityType,
            target.EntityId,
            "refused",
            metadata: new
            {
                Command = command.GetType().Name,
                Attempted = target.Action,
                refusal.Code,
                Reason = refusal.Message,
                refusal.Field,
            }
        );
        db.AuditLogs.AddRange(trail.Rows);
        await db.SaveChangesAsync();
    }

    private static Error Forbidden(string allowedRoles) =>
        Error.Forbidden(
            $"Your roles do not allow this. It takes one of: {string.Join(", ", allowedRoles.Split(','))}."
        );

    /// <summary>Rivals that collided wait differently long, so that they do not collide again.</summary>
    private static Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(
            TimeSpan.FromMilliseconds(Random.Shared.Next(5, 25) * attempt),
            cancellationToken
        );
}
