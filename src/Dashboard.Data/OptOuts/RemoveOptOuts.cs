using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.Tasks;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.OptOuts;

/// <summary>What <see cref="RemoveOptOuts"/> did.</summary>
/// <param name="Removed">Opt-outs that ended.</param>
/// <param name="Skipped">Those that had ended already, or wait for a text message to be read.</param>
public sealed record OptOutsRemoved(int Removed, int Skipped);

/// <summary>
/// Ends opt-outs before their time, after a mistake or because the customer asked for it. The rows stay and say who ended them;
/// what they cancelled stays cancelled, and the campaigns go on with their next step.
/// </summary>
/// <param name="Ids">Which.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record RemoveOptOuts(IReadOnlyList<Guid> Ids, string Reason)
    : ICommand<OptOutsRemoved>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.ComplianceOfficers;

    /// <inheritdoc />
    public CommandTarget Target => new("opt_out", Ids is [var only] ? only : Guid.Empty, "ended");

    /// <inheritdoc />
    public async Task<Result<OptOutsRemoved>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (OptOutFaults.Reason(nameof(Reason), Reason) is { } fault)
        {
            return fault;
        }

        var customers = await context
            .Db.OptOuts.Where(o => Ids.Contains(o.Id))
            .Select(o => o.CustomerId)
            .Distinct()
            .ToListAsync(cancellationToken);
        await context.LockCustomersAsync(customers, cancellationToken);
        var rows = await context
            .Db.OptOuts.Where(o => Ids.Contains(o.Id))
            .ToListAsync(cancellationToken);
        if (rows.Count == 0 && Ids.Count > 0)
        {
            return Error.NotFound("This opt-out does not exist any more.");
        }

        var ended = rows.Where(o => o.Holds(context.Now) && o.Metadata?.Hold is null).ToList();
        if (ended.Count == 0 && rows.Count > 0)
        {
            return Error.IllegalTransition(
                rows.Exists(o => o.Metadata?.Hold is not null)
                    ? "This is held until a text message has been read. Decide about the message under Review."
                    : "This opt-out has ended already."
            );
        }

        foreach (var row in ended)
        {
            End(context, row, Reason.Trim());
        }

        await WaitingContacts.ReleaseAsync(context, customers, cancellationToken);
        return new OptOutsRemoved(ended.Count, Ids.Count - ended.Count);
    }

    /// <summary>From now on the row stops nothing.</summary>
    internal static void End(CommandContext context, OptOut row, string reason)
    {
        row.ExpiresAt = context.Now > row.OptedOutAt ? context.Now : row.OptedOutAt;
        row.Metadata ??= new OptOutMetadata();
        row.Metadata.Hold = null;
        row.Metadata.Ended = new OptOutEnd
        {
            At = context.Now,
            By = context.Actor.Id,
            ByName = context.Actor.Name,
            Reason = reason,
        };
        context.Audit.Add("opt_out", row.Id, "ended", metadata: new { Reason = reason });
    }
}
