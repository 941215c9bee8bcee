using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>Asks for a proof of a period; an engine takes it up within seconds. One at a time.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive; a future end means now.</param>
public sealed record StartProof(DateTime From, DateTime To) : ICommand<Guid>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("proof_run", Guid.Empty, "started");

    /// <inheritdoc />
    public async Task<Result<Guid>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var to = To < context.Now ? To : context.Now;
        if (From >= to)
        {
            return Error.Invalid(
                nameof(From),
                "The period is empty: choose a beginning that is before its end and in the past."
            );
        }

        if (
            await context
                .Db.Set<ProofRun>()
                .AnyAsync(r => r.Status == ProofStatus.Running, cancellationToken)
        )
        {
            return Error.Conflict(
                "A proof is running. Wait for it, or cancel it, and start again."
            );
        }

        var run = new ProofRun
        {
            Id = Guid.CreateVersion7(),
            PeriodFrom = From,
            PeriodTo = to,
            Status = ProofStatus.Running,
            RequestedBy =
                context.Actor.Name.Length <= 100 ? context.Actor.Name : context.Actor.Name[..100],
            StartedAt = context.Now,
        };
        context.Db.Add(run);
        return run.Id;
    }
}

/// <summary>Stops a proof; nothing is claimed of its period.</summary>
/// <param name="Id">Which.</param>
public sealed record CancelProof(Guid Id) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("proof_run", Id, "cancelled");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        // Set-based: the run's own progress may be written at the same moment, and must not turn it back.
        var stopped = await context
            .Db.Set<ProofRun>()
            .Where(r => r.Id == Id && r.Status == ProofStatus.Running)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(r => r.Status, ProofStatus.Cancelled)
                        .SetProperty(r => r.FinishedAt, context.Now),
                cancellationToken
            );
        if (stopped == 0)
        {
            return Error.Conflict("This proof is not running any more.");
        }

        context.Audit.Add("proof_run", Id, "cancelled");
        return default(Nothing);
    }
}
